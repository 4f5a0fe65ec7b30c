using System.Globalization;

namespace LoyaltyProviderStandIn.Dialects;

/// <summary>LoyaltyLion's Admin API: no cards; customers are listed by a part of their e-mail address, and a customer's transactions name it.</summary>
internal sealed class LoyaltyLion : Dialect
{
    public const string ApiKey = "stand-in-loyaltylion-key";

    public override string Name => "loyaltylion";

    public override void Map(IEndpointRouteBuilder routes, AskedRoutes asked, Members members)
    {
        routes.MapGet("/v2/customers", (HttpContext http, string? email) => asked.Answer(http, email ?? "", () => Results.Json(new
        {
            customers = members.All.Where(member => member.Email?.Contains(email ?? "", StringComparison.OrdinalIgnoreCase) is true).Select(Customer),
            cursor = NoMore,
        })));
        // What a customer never moved a point with has none.
        routes.MapGet("/v2/customers/{merchantId}/transactions", (HttpContext http, string merchantId, int? limit) => asked.Answer(http, merchantId, () =>
            members.All.FirstOrDefault(member => member.CustomerId == LoyaltyProvider.Whole(merchantId)) is { } member
                ? Results.Json(new { transactions = Enumerable.Range(1, 3).Take(limit ?? 100).Select(id => Transaction(id, member)), cursor = NoMore })
                : Refuse(http.Response, StatusCodes.Status404NotFound)));
    }

    public override bool Knows(HttpRequest request) => IsSame(request.Headers.Authorization, $"Bearer {ApiKey}");

    public override IResult Refuse(HttpResponse response, int status) => Results.Json(new
    {
        error = status switch
        {
            401 => "unauthorized",
            404 => "not_found",
            429 => "too_many_requests",
            _ => "internal_server_error",
        },
    }, statusCode: status);

    private static object NoMore { get; } = new { prev = (string?)null, next = (string?)null };

    private static object Customer(Member member) => new
    {
        id = Number(member),
        merchant_id = member.CustomerId,
        email = member.Email,
        points_approved = 120,
        points_pending = 0,
        points_spent = 40,
        properties = new { name = member.Name },
        metadata = new { },
        rewards_claimed = 1,
        blocked = member.Status == "blocked",
        guest = member.Status == "guest",
        enrolled = true,
        loyalty_tier_membership = (object?)null,
    };

    private static object Transaction(int id, Member member) => new
    {
        id,
        customer = new { id = Number(member), merchant_id = member.CustomerId, email = member.Email, points_pending = 0, points_approved = 120, points_spent = 40 },
        points_approved = 10,
        points_pending = 0,
        created_at = "2026-11-01T10:00:00Z",
        resource = "activity",
    };

    private static int Number(Member member) => int.Parse($"1{member.CustomerId?.Length ?? 0}", CultureInfo.InvariantCulture);
}
