using System.Globalization;
using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingFlatFiles;

namespace OrderIngest.Tests.ReadingOrders;

/// <summary>The rules of docs/formats/times.md.</summary>
public sealed class ClockChangeTests
{
    [Theory]
    // Clocks put forward: a time that never was is read as if they had not been yet.
    [InlineData("Europe/Stockholm", "2026-03-29T01:59:59", "2026-03-29T00:59:59Z")]
    [InlineData("Europe/Stockholm", "2026-03-29T02:00:00", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Stockholm", "2026-03-29T02:59:59", "2026-03-29T01:59:59Z")]
    [InlineData("Europe/Stockholm", "2026-03-29T03:00:00", "2026-03-29T01:00:00Z")]
    [InlineData("America/New_York", "2026-03-08T01:59:59", "2026-03-08T06:59:59Z")]
    [InlineData("America/New_York", "2026-03-08T02:30:00", "2026-03-08T07:30:00Z")]
    [InlineData("America/New_York", "2026-03-08T03:00:00", "2026-03-08T07:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T01:59:59", "2026-10-03T15:29:59Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:30:00", "2026-10-03T15:30:00Z")]
    // Clocks put back: a time that was twice is the first of the two.
    [InlineData("Europe/Stockholm", "2026-10-25T01:59:59", "2026-10-24T23:59:59Z")]
    [InlineData("Europe/Stockholm", "2026-10-25T02:00:00", "2026-10-25T00:00:00Z")]
    [InlineData("Europe/Stockholm", "2026-10-25T02:59:59", "2026-10-25T00:59:59Z")]
    [InlineData("Europe/Stockholm", "2026-10-25T03:00:00", "2026-10-25T02:00:00Z")]
    [InlineData("America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00Z")]
    [InlineData("America/New_York", "2026-11-01T02:00:00", "2026-11-01T07:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:29:59", "2026-04-04T14:29:59Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05T02:00:00", "2026-04-04T15:30:00Z")]
    public void Read_keeps_to_the_rule(string zone, string local, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), LocalTimes.Read(local, TimeZoneInfo.FindSystemTimeZoneById(zone)).Instant);

    [Fact]
    public async Task A_stores_zone_goes_before_its_sources_and_an_offset_before_both()
    {
        var source = FlatSource.TillWith(("Stores:NY:TimeZone", "America/New_York"));
        var inputs = await FlatSource.Read(source, $"{FlatSource.TillHeader}\nS,1,1,2026-11-20T12:00:00,5,A,1,5,5\nNY,1,2,2026-11-20T12:00:00,5,A,1,5,5\nNY,1,3,2026-11-20T12:00:00+03:00,5,A,1,5,5\n");
        Assert.Equal([11, 17, 9], inputs.Select(input => input.Order!.OccurredAt.UtcDateTime.Hour));
    }

    [Theory]
    // The stated business date stands, whatever the calendar says.
    [InlineData("2026-11-20", "2026-11-21T01:30:00", null, "2026-11-20")]
    [InlineData("2026-11-21", "2026-11-21T01:30:00", "04:00", "2026-11-21")]
    // Not stated: the calendar's day, or the one before where the store's day ends later.
    [InlineData("", "2026-11-21T01:30:00", null, "2026-11-21")]
    [InlineData("", "2026-11-21T01:30:00", "04:00", "2026-11-20")]
    [InlineData("", "2026-11-21T04:00:00", "04:00", "2026-11-21")]
    [InlineData("", "2026-11-21 03:59:00", "04:00", "2026-11-20")]
    // 23:30 UTC is half past midnight in the store.
    [InlineData("", "2026-11-20T23:30:00Z", null, "2026-11-21")]
    [InlineData("", "2026-11-20T23:30:00Z", "04:00", "2026-11-20")]
    public async Task The_business_date_is_kept_apart(string stated, string closed, string? dayEndsAt, string businessDate)
    {
        var source = FlatSource.TillWith([("Columns:businessDate", "Day"), .. dayEndsAt is null ? [] : new[] { ("DayEndsAt", dayEndsAt) }]);
        var order = Assert.Single(await FlatSource.Read(source, $"{FlatSource.TillHeader},Day\nS,1,1,{closed},5,A,1,5,5,{stated}\n")).Order!;
        Assert.Equal(businessDate, order.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(LocalTimes.Read(closed, TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm")).Instant, order.OccurredAt);
    }

    [Theory]
    [InlineData("0130", "2026-11-21T00:30:00Z")]
    [InlineData("0400", "2026-11-20T03:00:00Z")]
    [InlineData("2359", "2026-11-20T22:59:00Z")]
    public async Task A_time_without_a_date_is_of_the_business_date_and_after_midnight_of_the_next_day(string time, string utc)
    {
        var source = FlatSource.Of([.. FlatSource.Till.Where(setting => setting.Key != "Columns:occurredAt"), ("Columns:occurredTime", "Closed"), ("Columns:businessDate", "Day"), ("DayEndsAt", "04:00")]);
        var order = Assert.Single(await FlatSource.Read(source, $"{FlatSource.TillHeader},Day\nS,1,1,{time},5,A,1,5,5,2026-11-20\n")).Order!;
        Assert.Equal((DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), new DateOnly(2026, 11, 20)), (order.OccurredAt, order.BusinessDate));
    }
}
