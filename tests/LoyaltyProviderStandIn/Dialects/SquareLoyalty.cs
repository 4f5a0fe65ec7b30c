using System.Text.Json;

namespace LoyaltyProviderStandIn.Dialects;

/// <summary>Square's Loyalty and Customers APIs: an account is searched by telephone number, its customer is a second request.</summary>
internal sealed class SquareLoyalty : Dialect
{
    public const string AccessToken = "stand-in-square-token";

    public override string Name => "square";

    public override void Map(IEndpointRouteBuilder routes, AskedRoutes asked, Members members)
    {
        routes.MapPost("/v2/loyalty/accounts/search", (HttpContext http, JsonElement body) => asked.Answer(http, PhoneIn(body) ?? "", () =>
        {
            if (http.Request.Headers["Square-Version"].Count == 0)
                return Error(400, "INVALID_REQUEST_ERROR", "BAD_REQUEST", "No version was named");
            if (PhoneIn(body) is not ['+', _, ..] phone)
                return Error(400, "INVALID_REQUEST_ERROR", "INVALID_PHONE_NUMBER", "Expected phone_number to be in E.164 format");
            var accounts = members.All.Where(member => member.Phone == phone).Select(Account).ToList();
            // An empty list is left out of the answer.
            return accounts.Count == 0 ? Results.Json(new { }) : Results.Json(new { loyalty_accounts = accounts });
        }));
        routes.MapGet("/v2/customers/{id}", (HttpContext http, string id) => asked.Answer(http, id, () =>
            members.All.FirstOrDefault(member => member.CustomerId == LoyaltyProvider.Whole(id)) is { } member
                ? Results.Json(new { customer = Customer(member) })
                : Error(404, "INVALID_REQUEST_ERROR", "NOT_FOUND", $"Customer with ID `{id}` not found.")));
    }

    public override bool Knows(HttpRequest request) => IsSame(request.Headers.Authorization, $"Bearer {AccessToken}");

    public override IResult Refuse(HttpResponse response, int status) => status switch
    {
        401 => Error(status, "AUTHENTICATION_ERROR", "UNAUTHORIZED", "This request could not be authorized."),
        429 => Error(status, "RATE_LIMIT_ERROR", "RATE_LIMITED", "This request was rate limited, please retry later."),
        _ => Error(status, "API_ERROR", "INTERNAL_SERVER_ERROR", "An internal error has occurred."),
    };

    private static string? PhoneIn(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("query", out var query) && query.TryGetProperty("mappings", out var mappings)
        && mappings.ValueKind == JsonValueKind.Array && mappings.GetArrayLength() == 1 && mappings[0].TryGetProperty("phone_number", out var phone) ? phone.GetString() : null;

    private static IResult Error(int status, string category, string code, string detail) =>
        Results.Json(new { errors = new[] { new { category, code, detail } } }, statusCode: status);

    private static object Account(Member member) => new
    {
        id = $"79b807d2-{member.CustomerId}",
        program_id = "d619f755-2d17-41f3-990d-c04ecedd64dd",
        balance = 10,
        lifetime_points = 20,
        customer_id = member.CustomerId,
        created_at = "2020-05-08T21:44:32Z",
        mapping = new { id = "66aaab3f-da99-49ed-8b19-b87f851c844f", phone_number = member.Phone, created_at = "2020-05-08T21:44:32Z" },
    };

    private static object Customer(Member member) => new
    {
        id = member.CustomerId,
        given_name = FirstName(member),
        family_name = LastName(member),
        email_address = member.Email,
        phone_number = member.Phone,
        preferences = new { email_unsubscribed = member.Consent is false },
        creation_source = "THIRD_PARTY",
        version = 1,
    };
}
