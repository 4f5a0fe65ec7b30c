using ServiceDefaults.GroupingCommits;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.JournalingOrders;

/// <summary>Lets requests that come at the same time share one insert. A caller has its answer after the commit, or an exception.</summary>
internal sealed class SharedJournalWrites : IAsyncDisposable
{
    private const int Largest = 256;
    private readonly GroupCommit<JournalEntry, JournalAnswer> _commits;

    public SharedJournalWrites(IJournal journal, [FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database) =>
        _commits = new((entries, token) => database.RunPatiently(patience => journal.Add(entries, patience), token), Largest);

    public Task<JournalAnswer> Add(JournalEntry entry, CancellationToken cancellationToken) => _commits.Add(entry, cancellationToken);

    public ValueTask DisposeAsync() => _commits.DisposeAsync();
}
