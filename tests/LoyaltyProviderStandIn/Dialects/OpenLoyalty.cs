namespace LoyaltyProviderStandIn.Dialects;

/// <summary>Open Loyalty's API: members are listed by card number; a permanent token in a header.</summary>
internal sealed class OpenLoyalty : Dialect
{
    public const string Token = "stand-in-open-loyalty-token";
    public const string Store = "DEFAULT";

    public override string Name => "open-loyalty";

    public override void Map(IEndpointRouteBuilder routes, AskedRoutes asked, Members members) =>
        routes.MapGet("/api/{store}/member", (HttpContext http, string store, string? loyaltyCardNumber) => asked.Answer(http, loyaltyCardNumber ?? "", () =>
        {
            if (store != Store)
                return Error(404, "Store not found");
            // Without the filter the list is everybody's; with it, a part of the number is enough.
            var found = members.All.Where(member => member.Card.Contains(loyaltyCardNumber ?? "", StringComparison.Ordinal)).ToList();
            return Results.Json(new
            {
                items = found.Select(Shown),
                total = new { all = members.All.Count(), filtered = found.Count, estimated = false },
            });
        }));

    public override bool Knows(HttpRequest request) => IsSame(request.Headers["X-AUTH-TOKEN"], Token);

    public override IResult Refuse(HttpResponse response, int status) => Error(status, status switch
    {
        401 => "Invalid credentials.",
        429 => "Too many requests.",
        _ => "Internal Server Error",
    });

    private static IResult Error(int code, string message) => Results.Json(new { code, message }, statusCode: code);

    private static object Shown(Member member) => new
    {
        customerId = member.CustomerId,
        active = member.Status == "active",
        firstName = FirstName(member),
        lastName = LastName(member),
        email = member.Email,
        phone = member.Phone,
        loyaltyCardNumber = member.Card,
        agreement1 = true,
        agreement2 = member.Consent,
        agreement3 = true,
        levelId = "000096cf-32a3-43bd-9034-4df343e5fd93",
    };
}
