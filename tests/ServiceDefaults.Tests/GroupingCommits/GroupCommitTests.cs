using System.Collections.Concurrent;
using ServiceDefaults.GroupingCommits;
using ServiceDefaults.UsingTheDatabase;

namespace ServiceDefaults.Tests.GroupingCommits;

public sealed class GroupCommitTests : IDisposable
{
    private readonly ConcurrentQueue<int[]> _batches = new();
    private readonly SemaphoreSlim _started = new(0);
    private readonly SemaphoreSlim _mayEnd = new(0);

    [Fact]
    public async Task Add_alone_does_not_wait_for_company()
    {
        await using var group = new GroupCommit<int, int>((batch, _) => Doubled(batch), 100);

        Assert.Equal(42, await group.Add(21, A.Token));
    }

    [Fact]
    public async Task Add_while_a_batch_is_running_gathers_the_next_one_in_order()
    {
        await using var group = new GroupCommit<int, int>(WhenTold, 100);
        var first = group.Add(0, A.Token);
        await _started.WaitAsync(A.Token);

        var others = Enumerable.Range(1, 50).Select(i => group.Add(i, A.Token)).ToList();
        _mayEnd.Release(2);

        Assert.Equal(0, await first);
        Assert.Equal(Enumerable.Range(1, 50).Select(i => i * 2), await Task.WhenAll(others));
        Assert.Equal([[0], [.. Enumerable.Range(1, 50)]], _batches);
    }

    [Fact]
    public async Task Add_never_makes_a_batch_larger_than_allowed()
    {
        await using var group = new GroupCommit<int, int>(WhenTold, 20);
        var all = new List<Task<int>> { group.Add(0, A.Token) };
        await _started.WaitAsync(A.Token);

        all.AddRange(Enumerable.Range(1, 50).Select(i => group.Add(i, A.Token)));
        _mayEnd.Release(10);
        await Task.WhenAll(all);

        Assert.Equal([1, 20, 20, 10], _batches.Select(batch => batch.Length));
    }

    [Fact]
    public async Task A_database_that_is_away_fails_all_who_wait_at_once()
    {
        var attempts = 0;
        await using var group = new GroupCommit<int, int>(async (batch, token) =>
        {
            attempts++;
            _ = await WhenTold(batch, token);
            throw new DatabaseUnavailableException();
        }, 100);
        var first = group.Add(0, A.Token);
        await _started.WaitAsync(A.Token);
        var others = Enumerable.Range(1, 15).Select(i => group.Add(i, A.Token)).ToList();
        _mayEnd.Release(20);

        foreach (var waiting in others.Prepend(first))
            await Assert.ThrowsAsync<DatabaseUnavailableException>(() => waiting);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task Several_batches_at_once_are_under_way_together()
    {
        await using var group = new GroupCommit<int, int>(WhenTold, 1, atOnce: 2);
        var all = Enumerable.Range(1, 3).Select(i => group.Add(i, A.Token)).ToList();

        await _started.WaitAsync(A.Token);
        await _started.WaitAsync(A.Token);
        Assert.Equal(0, _started.CurrentCount);
        _mayEnd.Release(3);
        int[] doubled = await Task.WhenAll(all);
        Assert.Equal([2, 4, 6], doubled);
    }

    [Fact]
    public async Task An_item_that_cannot_be_written_fails_alone_and_its_neighbours_are_written()
    {
        await using var group = new GroupCommit<int, int>(async (batch, token) =>
        {
            var results = await WhenTold(batch, token);
            return batch.Contains(13) ? throw new InvalidOperationException("13") : results;
        }, 100);
        var before = group.Add(0, A.Token);
        await _started.WaitAsync(A.Token);
        var together = new[] { 12, 13, 14 }.Select(i => group.Add(i, A.Token)).ToList();
        _mayEnd.Release(10);

        Assert.Equal(0, await before);
        Assert.Equal(24, await together[0]);
        Assert.Equal("13", (await Assert.ThrowsAsync<InvalidOperationException>(() => together[1])).Message);
        Assert.Equal(28, await together[2]);
        Assert.Equal([1, 3, 1, 1, 1], _batches.Select(batch => batch.Length));
        Assert.Equal(2, await group.Add(1, A.Token));
    }

    [Fact]
    public async Task A_commit_with_too_few_results_fails_instead_of_leaving_callers_waiting()
    {
        await using var group = new GroupCommit<int, int>((_, _) => Task.FromResult<IReadOnlyList<int>>([]), 100);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.Add(1, A.Token));
    }

    [Fact]
    public async Task A_cancelled_caller_stops_waiting_and_its_neighbours_do_not()
    {
        await using var group = new GroupCommit<int, int>(WhenTold, 100);
        var first = group.Add(0, A.Token);
        await _started.WaitAsync(A.Token);
        using var impatient = new CancellationTokenSource();
        var leaves = group.Add(1, impatient.Token);
        var stays = group.Add(2, A.Token);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        _mayEnd.Release(2);
        Assert.Equal(0, await first);
        Assert.Equal(4, await stays);
    }

    [Fact]
    public async Task Dispose_writes_what_is_waiting_and_takes_nothing_more()
    {
        var group = new GroupCommit<int, int>(WhenTold, 100);
        var first = group.Add(0, A.Token);
        await _started.WaitAsync(A.Token);
        var waiting = group.Add(1, A.Token);

        var disposing = group.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => group.Add(2, A.Token));
        _mayEnd.Release(2);
        await disposing;

        Assert.Equal((0, 2), (await first, await waiting));
    }

    public void Dispose()
    {
        _started.Dispose();
        _mayEnd.Dispose();
    }

    private async Task<IReadOnlyList<int>> WhenTold(IReadOnlyList<int> batch, CancellationToken cancellationToken)
    {
        _batches.Enqueue([.. batch]);
        _started.Release();
        await _mayEnd.WaitAsync(cancellationToken);
        return await Doubled(batch);
    }

    private static Task<IReadOnlyList<int>> Doubled(IReadOnlyList<int> batch) => Task.FromResult<IReadOnlyList<int>>([.. batch.Select(i => i * 2)]);
}
