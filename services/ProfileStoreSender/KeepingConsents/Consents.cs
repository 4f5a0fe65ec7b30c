using ServiceDefaults.GroupingCommits;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.KeepingConsents;

/// <summary>The consents as this process writes them: changes that arrive while a statement runs share the next one.</summary>
internal sealed class Consents : IAsyncDisposable
{
    private const int LargestBatch = 500;

    private readonly GroupCommit<Consent, Consent> _remember;

    public Consents(IConsentStore store, ServiceDatabase database) => _remember = new(
        (batch, cancellationToken) => database.Run(
            async token =>
            {
                await store.Remember(batch, token);
                return batch;
            }, cancellationToken), LargestBatch);

    /// <summary>Returns once it is committed: every claim that begins afterwards knows of it.</summary>
    public Task Remember(Consent consent, CancellationToken cancellationToken) => _remember.Add(consent, cancellationToken);

    public ValueTask DisposeAsync() => _remember.DisposeAsync();
}
