using OrderIngest.ReplayingOrders;

namespace OrderIngest.Tests.ReplayingOrders;

/// <summary>What becomes of a replay when something dies or somebody steps in, on whatever database.</summary>
public abstract class When_a_replay_is_interrupted : OnReplays
{
    [Fact]
    public async Task A_crash_between_the_confirm_and_the_cursor_sends_these_few_again_and_nothing_else()
    {
        var ids = await Instance.Journaled(600);
        var replay = await Instance.Begin();
        Assert.True(await Instance.Step());
        Time.Advance(TimeSpan.FromSeconds(1));
        Broker.Confirming = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(Instance.Step);
        Broker.Confirming = _ => Task.CompletedTask;

        await using var other = await ReplayingInstance.Start(Database, Time, Broker);
        Assert.False(await other.Step());
        Time.Advance(ReplayStep.Lease);
        var ended = await other.ToItsEnd(replay);

        Assert.Equal((ReplayState.Finished, 600L), (ended.State, ended.Sent));
        Assert.Equal(ids.Take(500).Concat(ids.Skip(250)), Broker.Ids);
    }

    [Fact]
    public async Task Who_stood_still_for_longer_than_its_lease_writes_nothing_any_more()
    {
        var ids = await Instance.Journaled(300);
        var replay = await Instance.Begin();
        await using var other = await ReplayingInstance.Start(Database, Time, Broker);
        Broker.Confirming = async _ =>
        {
            Broker.Confirming = _ => Task.CompletedTask;
            Time.Advance(ReplayStep.Lease);
            await other.ToItsEnd(replay);
        };

        await Instance.Step();

        Assert.Equal(ids.Take(250).Concat(ids), Broker.Ids);
        Assert.Equal((ReplayState.Finished, 300L, ids.Count), ((await Instance.Find(replay)).State, (await Instance.Find(replay)).Sent, Broker.Ids.Distinct().Count()));
    }

    [Fact]
    public async Task Two_instances_share_the_work_and_send_nothing_twice()
    {
        var ids = await Instance.Journaled(2000);
        var replays = new[] { await Instance.Begin(), await Instance.Begin(new() { Source = "pos-north" }) };
        await using var other = await ReplayingInstance.Start(Database, Time, Broker);

        for (var round = 0; round < 500 && (await Task.WhenAll(replays.Select(Instance.Find))).Any(replay => replay.State == ReplayState.Running); round++)
        {
            await Task.WhenAll(Instance.Step(), other.Step(), Instance.Step(), other.Step());
            Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(ids.Concat(ids).Order(), Broker.Ids.Order());
    }

    [Fact]
    public async Task It_is_paused_while_orders_are_being_sent_and_resumed_where_it_stopped()
    {
        var ids = await Instance.Journaled(600);
        var replay = await Instance.Begin();
        Broker.Confirming = asked => Instance.Replays.Move(asked.Id, [ReplayState.Running], ReplayState.Paused, default);
        Assert.True(await Instance.Step());
        Broker.Confirming = _ => Task.CompletedTask;
        Time.Advance(TimeSpan.FromHours(1));

        Assert.False(await Instance.Step());
        Assert.Equal((ReplayState.Paused, 250L), ((await Instance.Find(replay)).State, (await Instance.Find(replay)).Sent));
        Assert.Equal(ReplayState.Running, (await Instance.Replays.Move(replay.Id, [ReplayState.Paused], ReplayState.Running, default))!.State);
        Assert.Equal(ReplayState.Finished, (await Instance.ToItsEnd(replay)).State);
        Assert.Equal(ids, Broker.Ids);
    }

    [Fact]
    public async Task It_is_cancelled_for_good_also_while_its_last_orders_are_being_sent()
    {
        await Instance.Journaled(100);
        var replay = await Instance.Begin();
        Broker.Confirming = asked => Instance.Replays.Move(asked.Id, [ReplayState.Running], ReplayState.Cancelled, default);
        await Instance.Step();

        var cancelled = await Instance.Find(replay);
        Assert.Equal((ReplayState.Cancelled, 100L), (cancelled.State, cancelled.Sent));
        Assert.NotNull(cancelled.EndedAt);
        Assert.Null(await Instance.Replays.Move(replay.Id, [ReplayState.Paused, ReplayState.Failed], ReplayState.Running, default));
        Time.Advance(TimeSpan.FromHours(1));
        Assert.False(await Instance.Step());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_queue_that_is_gone_stops_it_without_losing_an_order(bool seenWhenSending)
    {
        var ids = await Instance.Journaled(600);
        var replay = await Instance.Begin();
        await Instance.Step();
        Time.Advance(TimeSpan.FromSeconds(1));
        var gone = new ReplayProblem("there is no queue warehouse", NeedsSomebody: true);
        if (seenWhenSending)
            Broker.Refusing = () => gone;
        else
            Broker.Looking = () => gone;
        await Instance.Step();
        Time.Advance(TimeSpan.FromHours(1));

        var failed = await Instance.Find(replay);
        Assert.Equal((ReplayState.Failed, "there is no queue warehouse", 250L), (failed.State, failed.Problem, failed.Sent));
        Assert.False(await Instance.Step());
        (Broker.Looking, Broker.Refusing) = (() => null, () => null);
        await Instance.Replays.Move(replay.Id, [ReplayState.Failed], ReplayState.Running, default);
        Assert.Equal(ReplayState.Finished, (await Instance.ToItsEnd(replay)).State);
        Assert.Equal(ids, Broker.Ids);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_tried_again_by_itself()
    {
        var ids = await Instance.Journaled(100);
        var replay = await Instance.Begin();
        Broker.Refusing = () => new("the broker did not confirm in time", NeedsSomebody: false);
        await Instance.Step();
        Assert.Equal((ReplayState.Running, "the broker did not confirm in time", 0L), ((await Instance.Find(replay)).State, (await Instance.Find(replay)).Problem, (await Instance.Find(replay)).Sent));
        Assert.False(await Instance.Step());
        Broker.Refusing = () => null;

        Assert.Equal((ReplayState.Finished, null), ((await Instance.ToItsEnd(replay)).State, (await Instance.Find(replay)).Problem));
        Assert.Equal(ids, Broker.Ids);
    }
}

public sealed class When_a_replay_is_interrupted_on_PostgreSql : When_a_replay_is_interrupted
{
    protected override bool OnPostgres => true;
}

public sealed class When_a_replay_is_interrupted_on_Sqlite : When_a_replay_is_interrupted
{
    protected override bool OnPostgres => false;
}
