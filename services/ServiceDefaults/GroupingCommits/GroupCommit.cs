using System.Threading.Channels;
using ServiceDefaults.UsingTheDatabase;

namespace ServiceDefaults.GroupingCommits;

/// <summary>
/// Lets concurrent callers share one statement: while a batch is being written, the next one gathers, so batches form by themselves and
/// a lone caller never waits for company. A caller's task completes after its batch was committed.
/// </summary>
/// <typeparam name="TItem">What one caller wants written or read.</typeparam>
/// <typeparam name="TResult">What one caller gets back.</typeparam>
public sealed class GroupCommit<TItem, TResult> : IAsyncDisposable
{
    private readonly Channel<Waiting> _waiting;
    private readonly Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> _commit;
    private readonly CancellationTokenSource _stop = new();
    private readonly int _largest;
    private readonly Task _loops;

    /// <summary>Starts gathering.</summary>
    /// <param name="commit">Writes a batch and answers with one result per item, in the same order, all or nothing. After an exception each item is tried
    /// alone, so that one that cannot be written fails alone.</param>
    /// <param name="largest">Most items in one batch.</param>
    /// <param name="atOnce">How many batches may be under way at a time; 1 where a batch must see what the one before it wrote.</param>
    public GroupCommit(Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> commit, int largest, int atOnce = 1)
    {
        (_commit, _largest) = (commit, largest);
        _waiting = Channel.CreateUnbounded<Waiting>(new() { SingleReader = atOnce == 1 });
        _loops = Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(Loop)));
    }

    /// <summary>
    /// Adds an item and waits for its batch. Cancelling gives up waiting; the item may be written all the same, so writes must be harmless
    /// when repeated.
    /// </summary>
    public Task<TResult> Add(TItem item, CancellationToken cancellationToken)
    {
        // Continuations must not run on the loop, or the whole consumer would.
        var waiting = new Waiting(item, new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _waiting.Writer.TryWrite(waiting)
            ? waiting.Done.Task.WaitAsync(cancellationToken)
            : Task.FromException<TResult>(new ObjectDisposedException(nameof(GroupCommit<TItem, TResult>)));
    }

    /// <summary>Writes what is waiting, for five seconds at most, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        _stop.CancelAfter(TimeSpan.FromSeconds(5));
        await _loops;
        _stop.Dispose();
    }

    private async Task Loop()
    {
        var batch = new List<Waiting>(_largest);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < _largest && _waiting.Reader.TryRead(out var waiting))
                batch.Add(waiting);
            // Another loop may have been faster.
            if (batch.Count > 0)
                await CommitBatch(batch);
        }
    }

    private async Task CommitBatch(List<Waiting> batch)
    {
        try
        {
            var results = await _commit(batch.ConvertAll(waiting => waiting.Item), _stop.Token);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Done.TrySetResult(results[i]);
        }
        catch (Exception exception)
        {
            // Nothing is swallowed. Of several, only the one that cannot be written shall fail: its neighbours are tried again without it. A database that
            // is away fails them all: tried one by one, each would wait as long as the batch has, and whoever comes later behind all of them.
            if (batch.Count == 1 || _stop.IsCancellationRequested || exception is DatabaseUnavailableException)
            {
                foreach (var waiting in batch)
                    waiting.Done.TrySetException(exception);
                return;
            }
            foreach (var waiting in batch.ToList())
                await CommitBatch([waiting]);
        }
    }

    private sealed record Waiting(TItem Item, TaskCompletionSource<TResult> Done);
}
