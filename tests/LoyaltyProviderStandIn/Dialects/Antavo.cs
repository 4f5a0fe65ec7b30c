namespace LoyaltyProviderStandIn.Dialects;

/// <summary>Antavo's Customers API: a search that gives ids, the customer by id, and Escher signatures.</summary>
internal sealed class Antavo(TimeProvider time) : Dialect
{
    public const string ApiKey = "stand-in-antavo-key";
    public const string Secret = "stand-in-antavo-secret";
    public const string Region = "st2";

    private readonly EscherSignature _signature = new("ANTAVO", ApiKey, Secret, $"{Region}/api/antavo_request", time);

    public override string Name => "antavo";

    public override void Map(IEndpointRouteBuilder routes, AskedRoutes asked, Members members)
    {
        routes.MapGet("/customers", (HttpContext http, string? match, string? membership_id) => asked.Answer(http, membership_id ?? "", () =>
            match != "exact" || string.IsNullOrEmpty(membership_id)
                ? Error(404, 160211, "BadRequestException", "Empty search criteria")
                : members.HoldersOf(membership_id) switch
                {
                    [] => NotFound(),
                    [var one] => Results.Json(new { id = one.CustomerId }),
                    var several => Results.Json(several.Select(holder => new { id = holder.CustomerId })),
                }));
        routes.MapGet("/customers/{id}", (HttpContext http, string id) => asked.Answer(http, id, () =>
            members.All.FirstOrDefault(member => member.CustomerId == LoyaltyProvider.Whole(id)) is { } member ? Results.Json(Shown(member)) : NotFound()));
    }

    /// <summary>The signature and the key in the query, which must be the same one's.</summary>
    public override bool Knows(HttpRequest request) => IsSame(request.Query["api_key"], ApiKey) && _signature.IsValid(request);

    public override IResult Refuse(HttpResponse response, int status) => status switch
    {
        401 => Error(status, 0, "UnauthorizedException", "Signature mismatch"),
        // Its documentation names the limit and no header.
        429 => Error(status, 0, "TooManyRequestsException", "Rate limit exceeded"),
        404 => Error(status, 0, "NotFoundException", "Not found"),
        _ => Error(status, 0, "Exception", "Internal error"),
    };

    private static IResult NotFound() => Error(404, 160212, "NotFoundException", "Customer not found");

    private static IResult Error(int status, int code, string type, string message) =>
        Results.Json(new { error = new { type, code, message } }, statusCode: status);

    private static object Shown(Member member) => new
    {
        id = member.CustomerId,
        first_name = FirstName(member),
        last_name = LastName(member),
        email = member.Email,
        membership_id = member.Card,
        language = "en",
        currency = "EUR",
        status = member.Status == "active" ? "Active" : member.Status,
        score = 100,
        spent = 20,
        spendable = 50,
        pending = 20,
        optin_at = 1577836800,
        updated_at = 1593561623,
        properties = new { city = "Gothenburg" },
        accounts = new[] { new { id = "main_account", name = "Main account" } },
    };
}
