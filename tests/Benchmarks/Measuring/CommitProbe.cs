using Dapper;
using Npgsql;

namespace Benchmarks.Measuring;

/// <summary>
/// Looks at one journey at a time, every few milliseconds, until others can see that it is tracked. Its own time stamp is a little earlier, from before
/// the commit; this tells by how much, on a few orders, without disturbing the rest.
/// </summary>
internal sealed class CommitProbe : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(4);

    private readonly NpgsqlDataSource _database;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(Guid Id, DateTimeOffset At)> _seen = [];
    private readonly Lock _lock = new();
    private Task _watching = Task.CompletedTask;

    public CommitProbe(NpgsqlDataSource database) => _database = database;

    /// <summary>The orders looked at, and when they were first seen tracked.</summary>
    public IReadOnlyList<(Guid Id, DateTimeOffset At)> Seen
    {
        get
        {
            lock (_lock)
                return [.. _seen];
        }
    }

    /// <summary>Watches this order unless it is busy with another.</summary>
    public void Watch(Guid id)
    {
        lock (_lock)
        {
            if (_watching.IsCompleted)
                _watching = Task.Run(() => UntilTracked(id, _stop.Token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // Interrupted, or failed: then there are fewer figures, and the report says how much later with those there are, or that there is none.
        await _watching.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task UntilTracked(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        using var ticks = new PeriodicTimer(BetweenLooks);
        while (await ticks.WaitForNextTickAsync(cancellationToken))
        {
            if (await connection.ExecuteScalarAsync<string?>("SELECT state FROM order_journey.journeys WHERE order_id = @id", new { id }) != "Tracked")
                continue;
            var now = TimeProvider.System.GetUtcNow();
            lock (_lock)
                _seen.Add((id, now));
            return;
        }
    }
}
