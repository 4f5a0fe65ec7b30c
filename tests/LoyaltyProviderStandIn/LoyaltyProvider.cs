using LoyaltyProviderStandIn.Dialects;

namespace LoyaltyProviderStandIn;

/// <summary>A loyalty provider, and a web shop with contacts, that behave like real ones and go wrong on request.</summary>
public static class LoyaltyProvider
{
    /// <summary>The header both keys come in.</summary>
    public const string ApiKeyHeader = "X-Api-Key";

    /// <summary>Maps all routes below a prefix such as <c>/loyalty</c>; an empty one maps them at the root. Each call is a provider of its own.</summary>
    public static void MapLoyaltyProvider(this IEndpointRouteBuilder routes, string prefix, StandInOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var time = routes.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;
        var (members, contacts, faults, log) = (new Members(), new Members(), new Faults(), new RequestLog(time));
        if (options.Members is { Length: > 0 } file)
        {
            using var text = File.OpenText(file);
            if (!members.TryPut(Members.FromCsv(text)))
                throw new InvalidDataException($"the members' file has more than {Members.MaxCards} cards");
        }

        var group = routes.MapGroup(prefix);
        var loyalty = Asked(new PlainManners("customers", options.ApiKey));
        var shop = Asked(new PlainManners("contacts", options.ContactsApiKey));
        group.MapGet("/customers/{card}", (HttpContext http, string card) => loyalty.Answer(http, Whole(card), () => OneOf(Known(Whole(card)))));
        group.MapGet("/customers", (HttpContext http, string? card) => loyalty.Answer(http, card ?? "", () => card is { Length: > 0 }
            ? Results.Json(new { items = Known(card).Select(Shown) })
            : Error(400, "card_missing", "the query parameter card is missing")));
        group.MapGet("/contacts/{card}", (HttpContext http, string card) => shop.Answer(http, Whole(card), () => OneOf(contacts.HoldersOf(Whole(card)))));
        foreach (var dialect in Dialect.All(time))
            dialect.Map(group.MapGroup(dialect.Name), Asked(dialect), members);
        group.MapControl(members, contacts, faults, log);

        AskedRoutes Asked(IManners manners) => new(manners, faults, log, time);

        IReadOnlyList<Member> Known(string card) => members.HoldersOf(card) is { Count: > 0 } holders ? holders
            : options.KnowEveryCard ? [Members.DerivedFrom(card)]
            : [];
    }

    internal static IResult Error(int status, string type, string message) =>
        Results.Json(new { error = new { type, code = status, message } }, statusCode: status);

    // Routing decodes everything but a slash, so that it cannot tell segments wrongly apart.
    internal static string Whole(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static IResult OneOf(IReadOnlyList<Member> holders) => holders switch
    {
        [] => Error(404, "not_found", "no customer holds this card"),
        [var holder] => Results.Json(Shown(holder)),
        _ => Error(409, "several_holders", "several customers hold this card; ask for the list"),
    };

    private static object Shown(Member member) => new { member.CustomerId, member.Email, member.Name, member.Status };
}
