using System.Globalization;
using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;
using static OrderIngest.Tests.ReadingPosLog.PosLogText;

namespace OrderIngest.Tests.ReadingPosLog;

public sealed class PosLogTimesTests
{
    private const string Key = "<RetailStoreID>0412</RetailStoreID><WorkstationID>2</WorkstationID><SequenceNumber>123</SequenceNumber>";

    [Theory]
    // Stockholm is an hour ahead of UTC in November.
    [InlineData("<EndDateTime>2026-11-19T18:30:00</EndDateTime>", "17:30:00")]
    [InlineData("<EndDateTime>2026-11-19T18:30:00Z</EndDateTime>", "18:30:00")]
    [InlineData("<EndDateTime>2026-11-19T18:30:00+02:00</EndDateTime>", "16:30:00")]
    [InlineData("<EndDateTime>2026-11-19T18:30:00+0200</EndDateTime>", "16:30:00")]
    [InlineData("<EndDateTime>2026-11-19T18:30:00-05</EndDateTime>", "23:30:00")]
    [InlineData("<EndDateTime>2026-11-19T18:30:00.1234567</EndDateTime>", "17:30:00")]
    [InlineData("<EndDateTime>2026-11-19T18:30:00.1234567+02:00</EndDateTime>", "16:30:00")]
    [InlineData("<EndDateTime>2026-11-19T18:30:00.123456789</EndDateTime>", "17:30:00")]
    [InlineData("<EndDateTime>2026-11-19T18:30:00.123456789Z</EndDateTime>", "18:30:00")]
    [InlineData("<EndDateTime TimeZoneOffset=\"+02:00\">2026-11-19T18:30:00</EndDateTime>", "16:30:00")]
    [InlineData("<EndDateTime x:UtcOffset=\"-0500\">2026-11-19T18:30:00</EndDateTime>", "23:30:00")]
    [InlineData("<EndDateTime x:Offset=\"02:00:00\">2026-11-19T18:30:00.123</EndDateTime>", "16:30:00")]
    [InlineData("<EndDateTime x:Offset=\"-05:00:00\">2026-11-19T18:30:00</EndDateTime>", "23:30:00")]
    [InlineData("<EndDateTime TimeZoneOffset=\"+02:00\">2026-11-19T18:30:00Z</EndDateTime>", "18:30:00")]
    [InlineData("<EndDateTime>2026/11/19 18:30:00</EndDateTime>", "17:30:00")]
    [InlineData("<EndDateTime>20261119183000</EndDateTime>", "17:30:00")]
    [InlineData("<BeginDateTime>2026-11-19T18:20:00</BeginDateTime><EndDateTime>2026-11-19T18:30:00</EndDateTime>", "17:30:00")]
    [InlineData("<POSLogDateTime>2026-11-19T18:31:00</POSLogDateTime><ReceiptDateTime>2026-11-19T18:30:00</ReceiptDateTime>", "17:30:00")]
    [InlineData("<POSLogDateTime>2026-11-19T18:30:00</POSLogDateTime><BeginDateTime>2026-11-19T18:20:00</BeginDateTime>", "17:30:00")]
    // The same moment with its offset; not another one, and not one that says UTC.
    [InlineData("<POSLogDateTime>2026-11-19T18:30:00-05:00</POSLogDateTime><ReceiptDateTime>2026-11-19T18:30:00</ReceiptDateTime>", "23:30:00")]
    [InlineData("<POSLogDateTime>2026-11-19T18:30:01-05:00</POSLogDateTime><ReceiptDateTime>2026-11-19T18:30:00</ReceiptDateTime>", "17:30:00")]
    [InlineData("<POSLogDateTime>2026-11-19T18:30:00Z</POSLogDateTime><ReceiptDateTime>2026-11-19T18:30:00</ReceiptDateTime>", "17:30:00")]
    // When the message was sent is not when something was sold; goods are rung up before they are paid.
    [InlineData("<POSLogDateTime TypeCode=\"Message\">2026-12-24T18:31:00</POSLogDateTime><POSLogDateTime TypeCode=\"Transaction\">2026-11-19T18:30:00</POSLogDateTime>", "17:30:00")]
    [InlineData("<POSLogDateTime TypeCode=\"Message\">2026-11-19T18:31:00</POSLogDateTime><BeginDateTime>2026-11-19T18:30:00</BeginDateTime>", "17:30:00")]
    [InlineData("<POSLogDateTime TypeCode=\"Message\">2026-11-19T18:30:00</POSLogDateTime>", "17:30:00")]
    [InlineData("<EndDateTime TypeCode=\"x:Sales\">2026-11-19T18:29:00</EndDateTime><EndDateTime TypeCode=\"x:Payment\">2026-11-19T18:30:00</EndDateTime>", "17:30:00")]
    [InlineData("<EndDateTime>2026-11-19</EndDateTime><BeginDateTime>2026-11-19T18:30:00</BeginDateTime>", "17:30:00")]
    public async Task The_end_is_taken_and_a_time_without_offset_is_the_stores(string times, string utc) =>
        Assert.Equal(utc, (await TillFile.Order(InputFormat.PosLog, File(times))).OccurredAt.ToString("HH:mm:ss", CultureInfo.InvariantCulture));

    [Fact]
    public async Task Times_of_the_retail_part_and_of_lines_are_the_last_resort()
    {
        var goods = Line(1, Sale("A", 1, 10));
        Assert.Equal(17, (await TillFile.Order(InputFormat.PosLog, One($"<EndDateTime>2026-11-19T18:30:00</EndDateTime>{goods}", Key))).OccurredAt.Hour);
        Assert.Equal(17, (await TillFile.Order(InputFormat.PosLog, One(goods + Line(2, "<Tender/>", more: "<DateTime>2026-11-19T18:30:00</DateTime>"), Key))).OccurredAt.Hour);
        var input = Assert.Single(await TillFile.Read(InputFormat.PosLog, File("<BusinessDayDate>2026-11-19</BusinessDayDate>")));
        Assert.Equal((new DateTimeOffset(2026, 11, 19, 11, 0, 0, default), "no time: noon of the business date is taken"), (input.Order!.OccurredAt, Assert.Single(input.Notes)));
        Assert.Equal("rejected: businessDate is required; occurredAt is required", await TillFile.In(InputFormat.PosLog, File("")));
    }

    [Theory]
    [InlineData("2026-11-18", "2026-11-18")]
    [InlineData("2026/11/18", "2026-11-18")]
    [InlineData("20261118", "2026-11-18")]
    [InlineData("2026-11-18Z", "2026-11-18")]
    [InlineData("2026-11-18+01:00", "2026-11-18")]
    [InlineData("2026-11-18T00:00:00", "2026-11-18")]
    [InlineData("2026-11-18T00:00:00.000+01:00", "2026-11-18")]
    // Months away from the clock: it stands, it is part of the receipt's identity.
    [InlineData("2026-02-11", "2026-02-11")]
    // Not readable, or a till's word for nothing: the local day of the receipt's time.
    [InlineData("2026-11-18123", "2026-11-20")]
    [InlineData("0001-01-01", "2026-11-20")]
    [InlineData("today", "2026-11-20")]
    [InlineData(null, "2026-11-20")]
    public async Task The_business_date_stands_where_it_can_be_read(string? written, string date)
    {
        var file = File($"{(written is null ? "" : $"<BusinessDayDate>{written}</BusinessDayDate>")}<EndDateTime>2026-11-20T00:30:00</EndDateTime>");
        var input = Assert.Single(await TillFile.Read(InputFormat.PosLog, file));
        Assert.Equal(date, input.Order!.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(date == "2026-11-20" ? 1 : 0, input.Notes.Count);
    }

    [Theory]
    // Half past midnight in Stockholm is the day before in UTC, and UTC is not what the store's clock showed.
    [InlineData("2026-11-19T23:30:00Z", "2026-11-20")]
    [InlineData("2026-11-19T23:30:00+00:00", "2026-11-20")]
    [InlineData("2026-11-20T00:30:00", "2026-11-20")]
    [InlineData("2026-11-19T22:30:00-05:00", "2026-11-19")]
    public async Task Without_one_it_is_the_day_in_the_store(string time, string date) =>
        Assert.Equal(date, (await TillFile.Order(InputFormat.PosLog, File($"<EndDateTime>{time}</EndDateTime>"))).BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public async Task Without_a_zone_a_local_time_is_refused() => Assert.Equal(
        "rejected: occurredAt has no offset from UTC, and the source has no TimeZone configured",
        await TillFile.In(InputFormat.PosLog, File("<EndDateTime>2026-11-19T18:30:00</EndDateTime>"), TillFile.Options(zone: null)));

    private static string File(string times) => One(Line(1, Sale("A", 1, 10)), Key + times);
}
