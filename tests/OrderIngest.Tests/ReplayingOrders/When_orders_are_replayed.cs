using MessageExamples;
using OrderIngest.JournalingOrders;
using OrderIngest.ReplayingOrders;

namespace OrderIngest.Tests.ReplayingOrders;

/// <summary>What a replay sends, and how fast, on whatever database.</summary>
public abstract class When_orders_are_replayed : OnReplays
{
    [Fact]
    public async Task Each_order_is_sent_once_in_the_order_of_the_journal_and_what_comes_later_is_not()
    {
        var ids = await Instance.Journaled(700);
        var replay = await Instance.Begin();
        await Instance.Journaled([An.Order("later")]);

        var ended = await Instance.ToItsEnd(replay);

        Assert.Equal(ids, Broker.Ids);
        Assert.Equal((ReplayState.Finished, 700L, 700L, null), (ended.State, ended.Matched, ended.Sent, ended.Problem));
        Assert.NotNull(ended.EndedAt);
        Assert.False(await Instance.Step());
    }

    /// <summary>Erased before it was counted, or between the count and its turn.</summary>
    [Fact]
    public async Task Orders_of_erased_people_are_neither_counted_nor_sent()
    {
        var ids = await Instance.Journaled(10);
        await Instance.Erase([ids[2]]);
        var replay = await Instance.Begin();
        await Instance.Erase([ids[6]]);

        var ended = await Instance.ToItsEnd(replay);

        Assert.Equal(ids.Where((_, i) => i is not (2 or 6)), Broker.Ids);
        Assert.Equal((ReplayState.Finished, 9L, 8L), (ended.State, ended.Matched, ended.Sent));
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
        var ids = (await Instance.Journaled(first)).ToList();
        Time.Advance(TimeSpan.FromHours(1));
        var later = Time.GetUtcNow();
        ids.AddRange(await Instance.Journaled(second));
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

        var preview = await Instance.Plan.Preview(ReplayingInstance.Warehouse, filter, 100, default);
        if (preview.Confirm is not null)
            await Instance.ToItsEnd(await Instance.Begin(filter));

        Assert.Equal(expected, string.Join(' ', Broker.Ids.Select(id => ids.IndexOf(id) + 1).Order()));
        Assert.Equal(Broker.Ids.Count, preview.Orders);
        Assert.Equal(preview.Orders, preview.Days.Sum(counted => counted.Orders));
        Assert.Equal(later.AddHours(-1), preview.JournalFrom);
        Assert.Equal(preview.Orders == 0, preview.Confirm is null);
    }

    [Fact]
    public async Task Few_among_many_are_found()
    {
        var few = await Instance.Journaled(Enumerable.Range(0, 21_000).Select(n => An.Order($"{n}") with { StoreId = n is 1 or 20_900 ? "S1" : "S2" }));

        var ended = await Instance.ToItsEnd(await Instance.Begin(new() { Stores = ["S1"] }));

        Assert.Equal([few[1], few[20_900]], Broker.Ids);
        Assert.Equal((ReplayState.Finished, 2L), (ended.State, ended.Sent));
    }

    [Theory, InlineData(1, 5), InlineData(40, 200), InlineData(2000, 3000)]
    public async Task No_second_has_more_than_the_rate_and_it_is_used(int ordersPerSecond, int orders)
    {
        await Instance.Journaled(orders);
        var begun = Time.GetUtcNow();

        var ended = await Instance.ToItsEnd(await Instance.Begin(ordersPerSecond: ordersPerSecond));

        var sentAt = Broker.Received.Select(received => received.At).ToList();
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
        var ids = await Instance.Journaled(100);
        var replay = await Instance.Begin();
        await Instance.Journal.Add([JournalEntry.Of(An.Order("live"), Time.GetUtcNow())], default);
        Time.Advance(ReplayStep.LiveOrdersWait + TimeSpan.FromSeconds(1));

        Assert.True(await Instance.Step());
        Assert.Equal(("live orders are published first", 0L), ((await Instance.Find(replay)).Problem, (await Instance.Find(replay)).Sent));
        await Instance.Published();
        Assert.Equal(ReplayState.Finished, (await Instance.ToItsEnd(replay)).State);
        Assert.Equal(ids, Broker.Ids);
    }

    [Fact]
    public async Task A_count_that_is_not_true_any_more_starts_nothing()
    {
        await Instance.Journaled(3);
        var preview = await Instance.Plan.Preview(ReplayingInstance.Warehouse, new(), 100, default);
        var confirmed = ReplayConfirmation.Read(preview.Confirm!, ReplayingInstance.Warehouse, new())! with { Matched = 4 };

        Assert.Equal((null, false), await Instance.Plan.Start(confirmed, ReplayingInstance.Warehouse, new(), 100, default));
        Assert.Empty(await Instance.Replays.List(9, default));
    }
}

public sealed class When_orders_are_replayed_on_PostgreSql : When_orders_are_replayed
{
    protected override bool OnPostgres => true;
}

public sealed class When_orders_are_replayed_on_Sqlite : When_orders_are_replayed
{
    protected override bool OnPostgres => false;
}
