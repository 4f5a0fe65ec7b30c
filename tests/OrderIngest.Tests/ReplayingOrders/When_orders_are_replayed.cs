using MessageExamples;
using OrderIngest.JournalingOrders;
using OrderIngest.ReplayingOrders;

namespace OrderIngest.Tests.ReplayingOrders;

/// <summary>What a replay sends, and what is left of it when something dies, on whatever database.</summary>
public abstract class When_orders_are_replayed : OnEitherDatabase
{
    private readonly ManualTime _time = new();
    private ScriptedBroker _broker = null!;
    private ReplayingInstance _instance = null!;

    [Fact]
    public async Task Each_order_is_sent_once_in_the_order_of_the_journal_and_what_comes_later_is_not()
    {
        var ids = await _instance.Journaled(700);
        var replay = await _instance.Begin();
        await _instance.Journaled([An.Order("later")]);

        var ended = await _instance.ToItsEnd(replay);

        Assert.Equal(ids, _broker.Ids);
        Assert.Equal((ReplayState.Finished, 700L, 700L, null), (ended.State, ended.Matched, ended.Sent, ended.Problem));
        Assert.NotNull(ended.EndedAt);
        Assert.False(await _instance.Step());
    }

    [Theory]
    [InlineData("source", "2 5 6")]
    [InlineData("store", "3 5")]
    [InlineData("stores", "3 4 5")]
    [InlineData("from", "4 5 6")]
    [InlineData("to", "1 2 3")]
    [InlineData("days", "2 3")]
    [InlineData("all", "5")]
    [InlineData("none", "")]
    public async Task Only_what_the_filter_matches_is_counted_and_sent(string filtered, string expected)
    {
        var day = new DateOnly(2026, 11, 1);
        var first = new[] { An.Order("1") with { BusinessDate = day }, An.Order("2") with { BusinessDate = day.AddDays(1), Source = "web" }, An.Order("3") with { BusinessDate = day.AddDays(2), StoreId = "S3" } };
        var second = new[] { An.Order("4") with { BusinessDate = day.AddDays(3), StoreId = "S4" }, An.Order("5") with { BusinessDate = day.AddDays(4), Source = "web", StoreId = "S3" }, An.Order("6") with { BusinessDate = day.AddDays(5), Source = "web" } };
        var ids = (await _instance.Journaled(first)).ToList();
        _time.Advance(TimeSpan.FromHours(1));
        var later = _time.GetUtcNow();
        ids.AddRange(await _instance.Journaled(second));
        ReplayFilter filter = filtered switch
        {
            "source" => new() { Source = "web" },
            "store" => new() { Stores = ["S3"] },
            "stores" => new() { Stores = ["S3", "S4"] },
            "from" => new() { From = later },
            "to" => new() { To = later },
            "days" => new() { BusinessDateFrom = day.AddDays(1), BusinessDateTo = day.AddDays(2) },
            "all" => new() { Source = "web", Stores = ["S3", "S9"], From = later, To = later.AddHours(1), BusinessDateFrom = day, BusinessDateTo = day.AddDays(4) },
            _ => new() { Stores = ["S9"] },
        };

        var preview = await _instance.Plan.Preview(ReplayingInstance.Warehouse, filter, 100, default);
        if (preview.Confirm is not null)
            await _instance.ToItsEnd(await _instance.Begin(filter));

        Assert.Equal(expected, string.Join(' ', _broker.Ids.Select(id => ids.IndexOf(id) + 1).Order()));
        Assert.Equal(_broker.Ids.Count, preview.Orders);
        Assert.Equal(preview.Orders, preview.Days.Sum(counted => counted.Orders));
        Assert.Equal(later.AddHours(-1), preview.JournalFrom);
        Assert.Equal(preview.Orders == 0, preview.Confirm is null);
    }

    [Fact]
    public async Task Few_among_many_are_found()
    {
        var few = await _instance.Journaled(Enumerable.Range(0, 21_000).Select(n => An.Order($"{n}") with { StoreId = n is 1 or 20_900 ? "S1" : "S2" }));

        var ended = await _instance.ToItsEnd(await _instance.Begin(new() { Stores = ["S1"] }));

        Assert.Equal([few[1], few[20_900]], _broker.Ids);
        Assert.Equal((ReplayState.Finished, 2L), (ended.State, ended.Sent));
    }

    [Fact]
    public async Task A_crash_between_the_confirm_and_the_cursor_sends_these_few_again_and_nothing_else()
    {
        var ids = await _instance.Journaled(600);
        var replay = await _instance.Begin();
        Assert.True(await _instance.Step());
        _time.Advance(TimeSpan.FromSeconds(1));
        _broker.Confirming = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(_instance.Step);
        _broker.Confirming = _ => Task.CompletedTask;

        await using var other = await ReplayingInstance.Start(Database, _time, _broker);
        Assert.False(await other.Step());
        _time.Advance(ReplayStep.Lease);
        var ended = await other.ToItsEnd(replay);

        Assert.Equal((ReplayState.Finished, 600L), (ended.State, ended.Sent));
        Assert.Equal(ids.Take(500).Concat(ids.Skip(250)), _broker.Ids);
    }

    [Fact]
    public async Task Who_stood_still_for_longer_than_its_lease_writes_nothing_any_more()
    {
        var ids = await _instance.Journaled(300);
        var replay = await _instance.Begin();
        await using var other = await ReplayingInstance.Start(Database, _time, _broker);
        _broker.Confirming = async _ =>
        {
            _broker.Confirming = _ => Task.CompletedTask;
            _time.Advance(ReplayStep.Lease);
            await other.ToItsEnd(replay);
        };

        await _instance.Step();

        Assert.Equal(ids.Take(250).Concat(ids), _broker.Ids);
        Assert.Equal((ReplayState.Finished, 300L, ids.Count), ((await _instance.Find(replay)).State, (await _instance.Find(replay)).Sent, _broker.Ids.Distinct().Count()));
    }

    [Fact]
    public async Task Two_instances_share_the_work_and_send_nothing_twice()
    {
        var ids = await _instance.Journaled(2000);
        var replays = new[] { await _instance.Begin(), await _instance.Begin(new() { Source = "pos-north" }) };
        await using var other = await ReplayingInstance.Start(Database, _time, _broker);

        for (var round = 0; round < 500 && (await Task.WhenAll(replays.Select(_instance.Find))).Any(replay => replay.State == ReplayState.Running); round++)
        {
            await Task.WhenAll(_instance.Step(), other.Step(), _instance.Step(), other.Step());
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(ids.Concat(ids).Order(), _broker.Ids.Order());
    }

    [Fact]
    public async Task It_is_paused_while_orders_are_being_sent_and_resumed_where_it_stopped()
    {
        var ids = await _instance.Journaled(600);
        var replay = await _instance.Begin();
        _broker.Confirming = asked => _instance.Replays.Move(asked.Id, [ReplayState.Running], ReplayState.Paused, default);
        Assert.True(await _instance.Step());
        _broker.Confirming = _ => Task.CompletedTask;
        _time.Advance(TimeSpan.FromHours(1));

        Assert.False(await _instance.Step());
        Assert.Equal((ReplayState.Paused, 250L), ((await _instance.Find(replay)).State, (await _instance.Find(replay)).Sent));
        Assert.Equal(ReplayState.Running, (await _instance.Replays.Move(replay.Id, [ReplayState.Paused], ReplayState.Running, default))!.State);
        Assert.Equal(ReplayState.Finished, (await _instance.ToItsEnd(replay)).State);
        Assert.Equal(ids, _broker.Ids);
    }

    [Fact]
    public async Task It_is_cancelled_for_good_also_while_its_last_orders_are_being_sent()
    {
        await _instance.Journaled(100);
        var replay = await _instance.Begin();
        _broker.Confirming = asked => _instance.Replays.Move(asked.Id, [ReplayState.Running], ReplayState.Cancelled, default);
        await _instance.Step();

        var cancelled = await _instance.Find(replay);
        Assert.Equal((ReplayState.Cancelled, 100L), (cancelled.State, cancelled.Sent));
        Assert.NotNull(cancelled.EndedAt);
        Assert.Null(await _instance.Replays.Move(replay.Id, [ReplayState.Paused, ReplayState.Failed], ReplayState.Running, default));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(await _instance.Step());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_queue_that_is_gone_stops_it_without_losing_an_order(bool seenWhenSending)
    {
        var ids = await _instance.Journaled(600);
        var replay = await _instance.Begin();
        await _instance.Step();
        _time.Advance(TimeSpan.FromSeconds(1));
        var gone = new ReplayProblem("there is no queue warehouse", NeedsSomebody: true);
        if (seenWhenSending)
            _broker.Refusing = () => gone;
        else
            _broker.Looking = () => gone;
        await _instance.Step();
        _time.Advance(TimeSpan.FromHours(1));

        var failed = await _instance.Find(replay);
        Assert.Equal((ReplayState.Failed, "there is no queue warehouse", 250L), (failed.State, failed.Problem, failed.Sent));
        Assert.False(await _instance.Step());
        (_broker.Looking, _broker.Refusing) = (() => null, () => null);
        await _instance.Replays.Move(replay.Id, [ReplayState.Failed], ReplayState.Running, default);
        Assert.Equal(ReplayState.Finished, (await _instance.ToItsEnd(replay)).State);
        Assert.Equal(ids, _broker.Ids);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_tried_again_by_itself()
    {
        var ids = await _instance.Journaled(100);
        var replay = await _instance.Begin();
        _broker.Refusing = () => new("the broker did not confirm in time", NeedsSomebody: false);
        await _instance.Step();
        Assert.Equal((ReplayState.Running, "the broker did not confirm in time", 0L), ((await _instance.Find(replay)).State, (await _instance.Find(replay)).Problem, (await _instance.Find(replay)).Sent));
        Assert.False(await _instance.Step());
        _broker.Refusing = () => null;

        Assert.Equal((ReplayState.Finished, null), ((await _instance.ToItsEnd(replay)).State, (await _instance.Find(replay)).Problem));
        Assert.Equal(ids, _broker.Ids);
    }

    [Theory, InlineData(1, 5), InlineData(40, 200), InlineData(2000, 3000)]
    public async Task No_second_has_more_than_the_rate_and_it_is_used(int ordersPerSecond, int orders)
    {
        await _instance.Journaled(orders);
        var begun = _time.GetUtcNow();

        var ended = await _instance.ToItsEnd(await _instance.Begin(ordersPerSecond: ordersPerSecond));

        var sentAt = _broker.Received.Select(received => received.At).ToList();
        Assert.Equal(orders, sentAt.Count);
        // A few orders go at once; over any longer time the rate holds.
        var burst = Math.Clamp(ordersPerSecond / 2, 1, 250);
        for (var i = 0; i < sentAt.Count; i += burst)
            Assert.True(sentAt.Count(at => at >= sentAt[i] && at < sentAt[i].AddSeconds(1)) <= ordersPerSecond + burst, $"too many in the second from {sentAt[i]:O}");
        Assert.InRange((ended.EndedAt!.Value - begun).TotalSeconds, (orders - burst) / (double)ordersPerSecond - 0.1, orders / (double)ordersPerSecond * 1.5 + 0.5);
    }

    [Fact]
    public async Task Live_orders_that_wait_go_first()
    {
        var ids = await _instance.Journaled(100);
        var replay = await _instance.Begin();
        await _instance.Journal.Add([JournalEntry.Of(An.Order("live"), _time.GetUtcNow())], default);
        _time.Advance(ReplayStep.LiveOrdersWait + TimeSpan.FromSeconds(1));

        Assert.True(await _instance.Step());
        Assert.Equal(("live orders are published first", 0L), ((await _instance.Find(replay)).Problem, (await _instance.Find(replay)).Sent));
        await _instance.Published();
        Assert.Equal(ReplayState.Finished, (await _instance.ToItsEnd(replay)).State);
        Assert.Equal(ids, _broker.Ids);
    }

    [Fact]
    public async Task A_count_that_is_not_true_any_more_starts_nothing()
    {
        await _instance.Journaled(3);
        var preview = await _instance.Plan.Preview(ReplayingInstance.Warehouse, new(), 100, default);
        var confirmed = ReplayConfirmation.Read(preview.Confirm!, ReplayingInstance.Warehouse, new())! with { Matched = 4 };

        Assert.Equal((null, false), await _instance.Plan.Start(confirmed, ReplayingInstance.Warehouse, new(), 100, default));
        Assert.Empty(await _instance.Replays.List(9, default));
    }

    protected override async Task Begin()
    {
        _broker = new(_time);
        _instance = await ReplayingInstance.Start(Database, _time, _broker);
    }

    protected override async Task End() => await _instance.DisposeAsync();
}

public sealed class When_orders_are_replayed_on_PostgreSql : When_orders_are_replayed
{
    protected override bool OnPostgres => true;
}

public sealed class When_orders_are_replayed_on_Sqlite : When_orders_are_replayed
{
    protected override bool OnPostgres => false;
}
