using OrderIngest.WatchingInboxes;

namespace OrderIngest.Tests.WatchingInboxes;

public sealed class InboxNamesTests
{
    [Theory]
    [InlineData("orders.csv", false)]
    [InlineData("orders.csv.gz", false)]
    [InlineData("orders", false)]
    [InlineData("done", false)]
    [InlineData(".orders.csv", true)]
    [InlineData("orders.csv.tmp", true)]
    [InlineData("orders.csv.PART", true)]
    [InlineData("orders.csv.filepart", true)]
    [InlineData("orders.csv.done", true)]
    [InlineData("orders.csv.ready", true)]
    [InlineData("orders.csv.report.json", true)]
    public void IsIgnored_what_is_no_orders_or_not_yet(string name, bool ignored) => Assert.Equal(ignored, InboxNames.IsIgnored(name));

    [Theory]
    [InlineData("orders.csv.part", "orders.csv")]
    [InlineData(".orders.csv.tmp", "orders.csv")]
    [InlineData(".orders.csv", "orders.csv")]
    [InlineData("orders.csv.FilePart", "orders.csv")]
    [InlineData("orders.csv", null)]
    [InlineData("orders.csv.done", null)]
    public void WhenFinished_the_name_the_writer_will_give_it(string name, string? finished) => Assert.Equal(finished, InboxNames.WhenFinished(name));

    [Theory]
    [InlineData("0123456789ab.orders.csv", "orders.csv")]
    [InlineData("orders.csv", "orders.csv")]
    [InlineData("0123456789ab.", "0123456789ab.")]
    [InlineData("0123456789AB.orders.csv", "0123456789AB.orders.csv")]
    public void Original_the_name_it_came_under(string working, string original) => Assert.Equal(original, InboxNames.Original(working));

    [Fact]
    public void ForWorking_never_twice_the_same()
    {
        var names = Enumerable.Range(0, 100).Select(_ => InboxNames.ForWorking("a.csv")).ToList();
        Assert.Equal(100, names.Distinct().Count());
        Assert.All(names, name => Assert.Equal("a.csv", InboxNames.Original(name)));
    }

    [Theory]
    [InlineData("a.csv.gz", "a.20261122.csv.gz")]
    [InlineData("a", "a.20261122")]
    public void With_the_endings_stay(string name, string expected) => Assert.Equal(expected, InboxNames.With(name, "20261122"));
}
