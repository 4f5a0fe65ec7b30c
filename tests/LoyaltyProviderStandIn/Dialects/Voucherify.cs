using System.Globalization;

namespace LoyaltyProviderStandIn.Dialects;

/// <summary>Voucherify's API: a loyalty card is a voucher that names its holder, the customer is a second request.</summary>
internal sealed class Voucherify(TimeProvider time) : Dialect
{
    public const string AppId = "stand-in-voucherify-app";
    public const string AppToken = "stand-in-voucherify-token";

    public override string Name => "voucherify";

    public override void Map(IEndpointRouteBuilder routes, AskedRoutes asked, Members members)
    {
        routes.MapGet("/v1/vouchers/{code}", (HttpContext http, string code) => asked.Answer(http, LoyaltyProvider.Whole(code), () =>
            members.HoldersOf(LoyaltyProvider.Whole(code)) is [var holder, ..] ? Results.Json(Voucher(holder)) : NotFound("voucher", LoyaltyProvider.Whole(code))));
        // By its own id or by the id it has elsewhere.
        routes.MapGet("/v1/customers/{id}", (HttpContext http, string id) => asked.Answer(http, id, () =>
            members.All.FirstOrDefault(member => member.CustomerId == LoyaltyProvider.Whole(id)) is { } member ? Results.Json(Customer(member)) : NotFound("customer", id)));
    }

    public override bool Knows(HttpRequest request) => IsSame(request.Headers["X-App-Id"], AppId) && IsSame(request.Headers["X-App-Token"], AppToken);

    public override IResult Refuse(HttpResponse response, int status)
    {
        if (status == StatusCodes.Status429TooManyRequests)
        {
            response.Headers["X-Rate-Limit-Limit"] = "100";
            response.Headers["X-Rate-Limit-Remaining"] = "0";
            response.Headers["X-Rate-Limit-Retry"] = time.GetUtcNow().AddSeconds(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            response.Headers["X-Rate-Limit-Type"] = "api_calls";
            response.Headers.RetryAfter = "1";
        }
        return status switch
        {
            401 => Error(status, "unauthorized", "Unauthorized", "Invalid application id or application token"),
            429 => Error(status, "too_many_requests", "Too many requests", "API limit reached"),
            _ => Error(status, "internal_error", "Error", "Something went wrong"),
        };
    }

    private static IResult NotFound(string type, string id) => Results.Json(new
    {
        code = 404,
        key = "not_found",
        message = "Resource not found",
        details = $"Cannot find {type} with id {id}",
        request_id = "v-0bb3403b9a158c87b2",
        resource_id = id,
        resource_type = type,
    }, statusCode: 404);

    private static IResult Error(int status, string key, string message, string details) =>
        Results.Json(new { code = status, key, message, details, request_id = "v-0bb3403b9a158c87b2" }, statusCode: status);

    private static object Voucher(Member holder) => new
    {
        id = $"v_{holder.CustomerId}",
        code = holder.Card,
        campaign = "Loyalty Program",
        type = "LOYALTY_CARD",
        discount = (object?)null,
        gift = (object?)null,
        loyalty_card = new { points = 110, balance = 100 },
        start_date = (string?)null,
        expiration_date = (string?)null,
        active = holder.Status == "active",
        metadata = new { },
        // A card that was made and not handed out has none.
        holder_id = holder.CustomerId,
        @object = "voucher",
    };

    private static object Customer(Member member) => new
    {
        id = member.CustomerId,
        source_id = $"shop-{member.CustomerId}",
        name = member.Name,
        email = member.Email,
        phone = member.Phone,
        address = (object?)null,
        summary = new { redemptions = new { total_redeemed = 2 } },
        loyalty = new { points = 3303 },
        metadata = new { },
        created_at = "2022-02-07T08:28:23.644Z",
        @object = "customer",
    };
}
