using System.Text.RegularExpressions;

namespace LoyaltyProviderStandIn.Dialects;

/// <summary>Talon.One's Integration API: a card's balances name the profiles linked to it, a profile's inventory has its attributes and cards.</summary>
internal sealed partial class TalonOne : Dialect
{
    public const string ApiKey = "stand-in-talon-one-key";
    public const string Program = "33";

    private const string Linked = "2021-09-12T10:12:42Z";

    public override string Name => "talon-one";

    public override void Map(IEndpointRouteBuilder routes, AskedRoutes asked, Members members)
    {
        routes.MapGet("/v1/loyalty_programs/{program}/cards/{card}/balances", (HttpContext http, string program, string card) =>
            asked.Answer(http, LoyaltyProvider.Whole(card), () => Balances(program, LoyaltyProvider.Whole(card), members)));
        routes.MapGet("/v1/customer_profiles/{profile}/inventory", (HttpContext http, string profile, bool? loyalty, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "profile")] bool? shown) =>
            asked.Answer(http, profile, () => members.All.Where(member => member.CustomerId == LoyaltyProvider.Whole(profile)).ToList() is { Count: > 0 } cards
                ? Results.Json(Inventory(cards, shown is true, loyalty is true))
                : Error(404, "The profile does not exist", "Not found")));
    }

    public override bool Knows(HttpRequest request) => IsSame(request.Headers.Authorization, $"ApiKey-v1 {ApiKey}");

    public override IResult Refuse(HttpResponse response, int status) => status switch
    {
        401 => Error(status, "Unauthorized - Invalid API key", "Unauthorized"),
        429 => Error(status, "Too many requests", "Too many requests"),
        _ => Error(status, "Internal server error", "Unknown"),
    };

    private static IResult Balances(string program, string card, Members members)
    {
        if (!Identifier().IsMatch(card))
            return Error(400, "The submitted data was invalid", "Invalid card identifier");
        var holders = members.HoldersOf(card);
        if (program != Program || holders.Count == 0)
            return Error(404, "The loyalty card does not exist", "Not found");
        return Results.Json(new
        {
            balance = new { activePoints = 286, pendingPoints = 50, spentPoints = 150, expiredPoints = 25, negativePoints = 0 },
            subledgerBalances = new { },
            // A card that was printed and not registered has none.
            profiles = holders.Where(holder => holder.CustomerId is not null).Select(holder => new { integrationId = holder.CustomerId, timestamp = Linked }),
        });
    }

    // Dictionaries where a name begins with a capital, which the JSON options would change.
    private static Dictionary<string, object?> Inventory(List<Member> cards, bool profile, bool loyalty)
    {
        var inventory = new Dictionary<string, object?>();
        if (profile)
        {
            inventory["profile"] = new
            {
                id = 6,
                integrationId = cards[0].CustomerId,
                created = "2020-02-07T08:15:22Z",
                attributes = new Dictionary<string, object?> { ["Email"] = cards[0].Email, ["Name"] = cards[0].Name, ["Language"] = "english" },
                accountId = 31,
                closedSessions = 3,
                totalSales = 299.99,
                lastActivity = "2020-02-08T14:15:20Z",
                sandbox = false,
            };
        }
        if (loyalty)
        {
            inventory["loyalty"] = new
            {
                cards = cards.Select(card => new { id = 6, programID = 33, identifier = card.Card, usersPerCardLimit = 2, status = card.Status }),
                programs = new { },
            };
        }
        return inventory;
    }

    private static IResult Error(int status, string message, string title) => Results.Json(new Dictionary<string, object?>
    {
        ["message"] = message,
        ["errors"] = new[] { new { title, details = message, source = new { pointer = "/loyaltyCardId" } } },
        ["StatusCode"] = status,
    }, statusCode: status);

    [GeneratedRegex("^[A-Za-z0-9._%+@-]{4,108}$")]
    private static partial Regex Identifier();
}
