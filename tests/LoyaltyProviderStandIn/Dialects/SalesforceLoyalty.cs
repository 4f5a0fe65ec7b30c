namespace LoyaltyProviderStandIn.Dialects;

/// <summary>Salesforce Loyalty Management: a token by client credentials, the member profile by membership number, errors in a list.</summary>
internal sealed class SalesforceLoyalty : Dialect
{
    public const string ClientId = "stand-in-consumer-key";
    public const string ClientSecret = "stand-in-consumer-secret";
    public const string Program = "NTO Insider";

    private readonly Lock _lock = new();
    private string? _token;
    private int _tokens;

    public override string Name => "salesforce";

    public override void Map(IEndpointRouteBuilder routes, AskedRoutes asked, Members members)
    {
        // Asked without a token, therefore not through the door that wants one; faults do not reach it.
        routes.MapPost("/services/oauth2/token", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return form["grant_type"] != "client_credentials" ? Results.Json(new { error = "unsupported_grant_type", error_description = "grant type not supported" }, statusCode: 400)
                : IsSame(form["client_id"], ClientId) && IsSame(form["client_secret"], ClientSecret) ? Results.Json(NewToken(http.Request))
                : Results.Json(new { error = "invalid_client", error_description = "invalid client credentials" }, statusCode: 400);
        });
        routes.MapGet("/stand-in/tokens", () => _tokens);
        // The next look-up comes with a token that is no longer good, as after a session's end.
        routes.MapDelete("/stand-in/tokens", () =>
        {
            lock (_lock)
                _token = null;
        });
        routes.MapGet("/services/data/{version}/loyalty-programs/{program}/members", (HttpContext http, string program, string? membershipNumber) =>
            asked.Answer(http, membershipNumber ?? "", () => program == Program && members.HoldersOf(membershipNumber ?? "") is [var member, ..]
                ? Results.Json(Shown(member))
                : Error(404, "NOT_FOUND", "The requested resource does not exist")));
    }

    public override bool Knows(HttpRequest request)
    {
        lock (_lock)
            return _token is { } token && IsSame(request.Headers.Authorization, $"Bearer {token}");
    }

    public override IResult Refuse(HttpResponse response, int status)
    {
        response.Headers["Sforce-Limit-Info"] = status == 403 ? "api-usage=100000/100000" : "api-usage=10018/100000";
        return status switch
        {
            401 => Error(status, "INVALID_SESSION_ID", "Session expired or invalid"),
            // Too many requests is a 403 here.
            403 => Error(status, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
            503 => Error(status, "SERVER_UNAVAILABLE", "Server unavailable"),
            _ => Error(status, "UNKNOWN_EXCEPTION", "An unexpected error occurred."),
        };
    }

    // No expires_in: a token is good until the session ends.
    private object NewToken(HttpRequest request)
    {
        lock (_lock)
        {
            _token = $"00D-{Guid.NewGuid():N}";
            _tokens++;
            return new
            {
                access_token = _token,
                signature = "c2lnbmF0dXJl",
                scope = "api",
                instance_url = $"{request.Scheme}://{request.Host}",
                id = "https://login.salesforce.example/id/00D/005",
                token_type = "Bearer",
                issued_at = "1700000000000",
            };
        }
    }

    private static IResult Error(int status, string errorCode, string message) => Results.Json(new[] { new { message, errorCode } }, statusCode: status);

    private static object Shown(Member member) => new
    {
        additionalLoyaltyProgramMemberFields = new { },
        associatedAccount = (object?)null,
        associatedContact = new { contactId = $"003-{member.CustomerId}", email = member.Email, firstName = FirstName(member), lastName = LastName(member) },
        canReceivePartnerPromotions = false,
        canReceivePromotions = member.Consent,
        enrollmentChannel = "Pos",
        enrollmentDate = "2022-10-20",
        loyaltyProgramMemberId = member.CustomerId,
        loyaltyProgramName = Program,
        memberCurrencies = new[] { new { loyaltyMemberCurrencyName = "Points", pointsBalance = 500 } },
        memberStatus = member.Status == "active" ? "Active" : member.Status,
        memberType = "Individual",
        membershipNumber = member.Card,
    };
}
