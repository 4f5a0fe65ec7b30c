using System.Text.Json;
using OrderIngest.ImportingFiles;

namespace Quickstart.ReportingOutcome;

/// <summary>Asks the journal, the journeys and the profile store, each by its own way: an order must be found in all that concern it.</summary>
internal sealed class OutcomeReader(HttpClient http, OrderFileImport journal, bool withOdp)
{
    public async Task<Outcome> Read(CancellationToken cancellationToken)
    {
        var counts = await journal.CountJournal(cancellationToken);
        var states = (await Get("/journeys/summary", cancellationToken)).GetProperty("states");
        var store = await Get("/stand-ins/profile-store/stand-in/summary", cancellationToken);
        long In(string state) => states.GetProperty(state).GetInt64();
        return new(
            counts.Accepted, In("Tracked"), In("AwaitingCustomer"), In("Unidentified"), In("Suppressed"), In("NeedsAttention"), In("Received") + In("Resolved"),
            store.GetProperty("distinct").GetInt64(), store.GetProperty("doubledCount").GetInt64(), counts.RejectedRows)
        {
            AtOdp = withOdp ? (await Get("/stand-ins/odp/stand-in/summary", cancellationToken)).GetProperty("distinct").GetInt64() : null,
        };
    }

    private Task<JsonElement> Get(string path, CancellationToken cancellationToken) =>
        http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), cancellationToken);
}
