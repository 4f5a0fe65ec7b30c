using Contracts.CustomerResolution;
using Dapper;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.ErasingPeople;

/// <summary>What is known of the person so far.</summary>
internal sealed record KnownPerson(string? Email, IReadOnlyList<string> Cards, IReadOnlyList<string> CardKeys);

/// <summary>What a search came to.</summary>
/// <param name="Person">With what it added.</param>
/// <param name="Orders">Orders that hold something of the person.</param>
/// <param name="Problem">Why nothing may be erased by this, in words; null when it may.</param>
internal sealed record FoundPerson(KnownPerson Person, IReadOnlyCollection<Guid> Orders, string? Problem);

/// <summary>
/// Finds all orders of a person. By card, through the index; by address, by looking at every row, because an index for something that is asked a few times a day would cost
/// every order (docs/decisions/0022). One step from the address to its cards and back, and no further: two people may have had one card.
/// </summary>
internal sealed class PersonSearch([FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database)
{
    /// <summary>More orders than any person makes: whatever was given identifies many.</summary>
    public const int MostOrders = 10_000;

    private const string Selected =
        "SELECT CAST(j.order_id AS text) AS Id, j.card_key AS CardKey, j.card_looks_shared AS Shared, j.customer AS Customer, o.body AS Body FROM journeys j JOIN journey_orders o ON o.order_id = j.order_id";

    private const string PostgresByEmail =
        $"""
        {Selected}
        WHERE lower(btrim(j.customer::json ->> 'email')) = ANY (@emails)
           OR lower(btrim(o.body::json #>> '{"{customer,email}"}')) = ANY (@emails)
           OR position(@key IN j.tracked_for) > 0
           OR lower(j.statement) LIKE ANY (@quoted)
        LIMIT @most
        """;

    private const string SqliteByEmail =
        $"""
        {Selected}
        WHERE lower(trim(json_extract(j.customer, '$.email'))) IN @emails
           OR lower(trim(json_extract(o.body, '$.customer.email'))) IN @emails
           OR instr(j.tracked_for, @key) > 0
           OR lower(json_extract(j.statement, '$.claim.hint.email')) IN @emails
           OR EXISTS (SELECT 1 FROM json_each(j.statement, '$.notices') n WHERE lower(json_extract(n.value, '$.email')) IN @emails)
        LIMIT @most
        """;

    public async Task<FoundPerson> Find(KnownPerson known, CancellationToken cancellationToken)
    {
        var byCard = await ByCards(known.CardKeys, cancellationToken);
        var email = known.Email;
        if (email is null)
        {
            var holders = byCard.Select(order => order.Email).Concat(await Noticed(known.CardKeys, cancellationToken)).OfType<string>().Select(CustomerKey.Normal).Distinct().ToList();
            if (holders.Count > 1)
                return new(known, [], "orders of this card belong to several people; ask by e-mail address");
            email = holders.SingleOrDefault();
        }
        var byEmail = email is null ? [] : await ByEmail(email, cancellationToken);
        // The till's own card leads to everybody.
        var cardKeys = known.CardKeys.Union(byEmail.Where(order => !order.Shared && IsTheirs(order)).Select(order => order.CardKey).OfType<string>()).Order(StringComparer.Ordinal).ToList();
        var alsoByCard = await ByCards([.. cardKeys.Except(known.CardKeys)], cancellationToken);
        var all = byEmail.Concat(byCard.Concat(alsoByCard).Where(IsTheirs)).DistinctBy(order => order.Id).ToList();
        if (all.Count > MostOrders)
            return new(known, [], $"more than {MostOrders} orders: whatever was given identifies more than one person");
        // As long as the address is not known, whoever used the card unrecognised is its holder.
        var cards = known.Cards.Union(all.Where(order => !order.Shared && IsTheirs(order)).Select(order => order.Card).OfType<string>()).ToList();
        return new(new(email, cards, cardKeys), [.. all.Select(order => order.Id)], null);

        bool IsTheirs(FoundOrder order) => order.Email is null || email is null || CustomerKey.Normal(order.Email) == email;
    }

    private async Task<IReadOnlyList<FoundOrder>> ByEmail(string email, CancellationToken cancellationToken)
    {
        var emails = new[] { email, Typed(email) }.Distinct().ToArray();
        // The seen form is JSON's: plus signs and letters beyond ASCII are escaped in what is stored.
        var quoted = emails.Select(one => $"%{Like(System.Text.Json.JsonSerializer.Serialize(one, ServiceDefaults.ConnectingToTheBus.PlainJson.Options).ToLowerInvariant())}%").ToArray();
        return await Read(database.Kind == DatabaseKind.PostgreSql ? PostgresByEmail : SqliteByEmail, new { emails, quoted, key = CustomerKey.Of(email), most = MostOrders + 1 }, cancellationToken);
    }

    private async Task<IReadOnlyList<FoundOrder>> ByCards(IReadOnlyList<string> cardKeys, CancellationToken cancellationToken) => cardKeys.Count == 0
        ? []
        : await Read(
            database.Kind == DatabaseKind.PostgreSql ? $"{Selected} WHERE j.card_key = ANY (@keys) LIMIT @most" : $"{Selected} WHERE j.card_key IN @keys LIMIT @most",
            new { keys = cardKeys.ToArray(), most = MostOrders + 1 }, cancellationToken);

    private Task<IReadOnlyList<string?>> Noticed(IReadOnlyList<string> cardKeys, CancellationToken cancellationToken) => database.Run<IReadOnlyList<string?>>(async token =>
    {
        await using var connection = await database.Open(token);
        return [.. await connection.QueryAsync<string?>(
            $"SELECT email FROM card_registrations WHERE card_key {(database.Kind == DatabaseKind.PostgreSql ? "= ANY (@keys)" : "IN @keys")}", new { keys = cardKeys.ToArray() })];
    }, cancellationToken);

    private Task<IReadOnlyList<FoundOrder>> Read(string sql, object values, CancellationToken cancellationToken) => database.Run<IReadOnlyList<FoundOrder>>(async token =>
    {
        await using var connection = await database.Open(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        if (database.Kind == DatabaseKind.PostgreSql)
            // Looking at every row is meant here; connections prefer an index whatever it costs.
            await connection.ExecuteAsync("SET LOCAL enable_seqscan = on; SET LOCAL plan_cache_mode = auto", transaction: transaction);
        return [.. (await connection.QueryAsync<FoundRow>(new(sql, values, transaction, commandTimeout: 1800, cancellationToken: token))).Select(row => row.Read())];
    }, cancellationToken);

    // As somebody types it whose domain is not written in ASCII.
    private static string Typed(string email)
    {
        var domain = email.LastIndexOf('@') + 1;
        try
        {
            return email[..domain] + new System.Globalization.IdnMapping().GetUnicode(email[domain..]);
        }
        catch (ArgumentException)
        {
            // Its only way to say that this is no domain.
            return email;
        }
    }

    private static string Like(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
