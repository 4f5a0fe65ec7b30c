using System.Globalization;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingOrders;

public sealed class LocalTimesTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-11-20T17:12:00+01:00", "2026-11-20T16:12:00Z")]
    [InlineData("2026-11-20T17:12:00.1234567Z", "2026-11-20T17:12:00.1234567Z")]
    [InlineData("2026-11-20T17:12:00-00:00", "2026-11-20T17:12:00Z")]
    [InlineData("2026-11-20 17:12:00", "2026-11-20T16:12:00Z")]
    [InlineData("2026-07-20T17:12", "2026-07-20T15:12:00Z")]
    [InlineData("2026-11-20 17:12:00 -0500", "2026-11-20T22:12:00Z")]
    [InlineData("2026-11-20 17:12:00.5 +01:00", "2026-11-20T16:12:00.5Z")]
    [InlineData("2026-11-20 17:12:00 UTC", "2026-11-20T17:12:00Z")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25T00:30:00Z")]
    [InlineData("2026-03-29T02:30:00", "2026-03-29T01:30:00Z")]
    public void Read_gives_the_instant(string text, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), LocalTimes.Read(text, Berlin).Instant);

    [Fact]
    public void Read_refuses_a_local_time_without_a_zone() => Assert.NotNull(LocalTimes.Read("2026-11-20T17:12:00", null).Fault);

    [Fact]
    public void A_store_may_have_a_zone_of_its_own()
    {
        var source = new Source("pos", new() { TimeZone = "Europe/Berlin", Stores = { ["9"] = new() { TimeZone = "Europe/Helsinki" } } });
        Assert.Equal(("Europe/Berlin", "Europe/Helsinki"), (source.ZoneOf("8")!.Id, source.ZoneOf("9")!.Id));
    }
}
