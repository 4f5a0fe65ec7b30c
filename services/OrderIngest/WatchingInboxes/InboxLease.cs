namespace OrderIngest.WatchingInboxes;

/// <summary>
/// Keeps a file in this instance's hands while it is worked on, however long a step takes. When the lease is lost all the same (this process stood still, another took
/// the file over), work on it is stopped.
/// </summary>
internal sealed class InboxLease : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended;
    private readonly CancellationTokenSource _lost;
    private readonly Task _renewing;

    public InboxLease(InboxFiles files, long id, TimeSpan length, TimeProvider time, CancellationToken stopping)
    {
        _ended = new();
        _lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _renewing = Renew(files, id, length, time);
    }

    /// <summary>Cancelled when the lease is lost, or the service stops.</summary>
    public CancellationToken Token => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task Renew(InboxFiles files, long id, TimeSpan length, TimeProvider time)
    {
        try
        {
            while (true)
            {
                await Task.Delay(length / 3, time, _ended.Token);
                if (!await files.Renew(id, length, _ended.Token))
                {
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The work is over.
        }
        catch (Exception)
        {
            // Whatever keeps the lease from being renewed: without it nobody may go on, and what failed will be seen by whoever writes next.
            await _lost.CancelAsync();
        }
    }
}
