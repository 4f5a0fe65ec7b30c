using Dapper;
using Npgsql;

namespace RunningSystem;

/// <summary>
/// The law, by key: <c>accepted = tracked + parked + suppressed + failed</c>. Compares what the caller saw accepted, the journal, the journeys, the
/// ledger and what every destination holds.
/// </summary>
/// <param name="Accepted">Orders in the journal, or said to be accepted and missing there.</param>
/// <param name="Tracked">Journeys that say so.</param>
/// <param name="Parked">Journeys that wait for a customer or have none.</param>
/// <param name="Suppressed">Journeys that must not be sent.</param>
/// <param name="Failed">Journeys that need a person: visible and retryable.</param>
/// <param name="Unfinished">Journeys under way: none once it is quiet.</param>
/// <param name="Lost">Orders that broke the law, each with what is missing.</param>
/// <param name="Doubled">Events that the destination holds more often than the ledger knows that it may.</param>
/// <param name="CountedAsUnknown">Events that the destination holds more than once and whose ledger row says that a reply was lost.</param>
public sealed record Law(
    int Accepted, int Tracked, int Parked, int Suppressed, int Failed, int Unfinished,
    IReadOnlyList<(Guid OrderId, string Missing)> Lost, IReadOnlyList<Guid> Doubled, int CountedAsUnknown)
{
    /// <summary>The unfinished ones with their states.</summary>
    public IReadOnlyList<(Guid OrderId, string State)> UnderWay { get; init; } = [];

    /// <summary>Nothing is under way and nothing was lost or doubled.</summary>
    public bool Holds => Unfinished == 0 && Lost.Count == 0 && Doubled.Count == 0;

    /// <summary>Reads everything and compares.</summary>
    /// <param name="system">Quiet, or still at work: then the orders under way count as unfinished.</param>
    /// <param name="accepted">Orders that OrderIngest said it had accepted.</param>
    /// <param name="onlyNamed">Only orders whose id is name-based, as the system makes them: leaves out rows that were filled in with random ids.</param>
    public static async Task<Law> Check(InStoreSystem system, IReadOnlyCollection<Guid> accepted, bool onlyNamed = false)
    {
        ArgumentNullException.ThrowIfNull(system);
        // The end of the chain first: what is found there must be found before it too.
        List<(string Destination, IReadOnlyDictionary<Guid, int> Times)> held = [("profile-store", await system.ProfileStore.Times())];
        if (system.Odp is { } odp)
            held.Add(("odp", await odp.Times()));
        await using var database = new NpgsqlConnection($"{system.Database.ConnectionString};Command Timeout=300");
        var named = onlyNamed ? (await database.QueryAsync<Guid>("SELECT order_id FROM order_ingest.orders WHERE get_byte(uuid_send(order_id), 6) >> 4 = 5")).ToArray() : null;
        var ledger = (await database.QueryAsync<LedgerRow>(
            """
            SELECT order_id AS OrderId, destination AS Destination, state AS State, track_id::uuid AS TrackId, uncertain AS Uncertain FROM profile_store_sender.deliveries
            WHERE @named::uuid[] IS NULL OR order_id = ANY (@named)
            """, new { named })).ToDictionary(row => (row.Destination, row.OrderId));
        var states = (await database.QueryAsync<(Guid OrderId, string State)>(
            "SELECT order_id, state FROM order_journey.journeys WHERE @named::uuid[] IS NULL OR order_id = ANY (@named)", new { named })).ToDictionary(row => row.OrderId, row => row.State);
        var journal = (named ?? await database.QueryAsync<Guid>("SELECT order_id FROM order_ingest.orders")).ToHashSet();

        var lost = accepted.Where(id => !journal.Contains(id)).Select(id => (id, "accepted and not in the journal")).ToList();
        var count = new Dictionary<string, int>();
        var unfinished = new List<(Guid, string)>();
        foreach (var id in journal)
        {
            var state = states.GetValueOrDefault(id);
            count[state ?? ""] = count.GetValueOrDefault(state ?? "") + 1;
            if (state is null)
                lost.Add((id, "in the journal and without a journey"));
            else if (state is "Received" or "Resolved" or "Initial")
                unfinished.Add((id, state));
            else
                lost.AddRange(held.Select(destination => (id, MissingAt(destination.Destination, destination.Times, id, state))).Where(missing => missing.Item2 is not null)!);
        }
        // By the id that each destination tells events apart by.
        var stored = held.SelectMany(destination => destination.Times.Select(times => (Key: (destination.Destination, times.Key), times.Value))).ToList();
        var uncertain = ledger.Values.ToDictionary(row => (row.Destination, IdAt(row)), row => row.Uncertain);
        return new(
            journal.Count + lost.Count(order => !journal.Contains(order.id)), Of("Tracked"), Of("AwaitingCustomer") + Of("Unidentified"), Of("Suppressed"), Of("NeedsAttention"), unfinished.Count,
            lost,
            // An event that no row of the ledger knows of is one too many already.
            [.. stored.Where(one => one.Value > (uncertain.TryGetValue(one.Key, out var unknown) ? 1 + unknown : 0)).Select(one => one.Key.Key)],
            stored.Count(one => one.Value > 1 && one.Value <= 1 + uncertain.GetValueOrDefault(one.Key)))
        {
            UnderWay = unfinished,
        };

        int Of(string state) => count.GetValueOrDefault(state);

        // A destination that took it must hold it, whatever became of the order elsewhere; one that is tracked was taken by each, or kept on purpose.
        string? MissingAt(string destination, IReadOnlyDictionary<Guid, int> times, Guid id, string state)
        {
            var row = ledger.GetValueOrDefault((destination, id));
            if (state == "Tracked" && row?.State != "accepted" && !(held.Count > 1 && row?.State == "suppressed"))
                return $"tracked by its journey and not in the ledger of {destination}";
            return row is { State: "accepted" } && times.GetValueOrDefault(IdAt(row)) == 0 ? $"accepted by {destination}, which does not have it" : null;
        }
    }

    private static Guid IdAt(LedgerRow row) => row.Destination == "odp" ? row.OrderId : row.TrackId;

    private sealed class LedgerRow
    {
        public string Destination { get; init; } = "";

        public Guid OrderId { get; init; }

        public string State { get; init; } = "";

        public Guid TrackId { get; init; }

        public int Uncertain { get; init; }
    }
}
