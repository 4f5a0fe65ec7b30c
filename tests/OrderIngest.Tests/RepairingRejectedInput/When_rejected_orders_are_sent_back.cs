using System.Net;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.RepairingRejectedInput;

/// <summary>A file for the partner who makes the files, and the list of what is wrong with it.</summary>
public abstract class When_rejected_orders_are_sent_back : OnRejectedInput
{
    [Fact]
    public async Task A_flat_file_has_its_header_once_and_the_rows_as_they_came_and_is_taken_when_corrected()
    {
        // The last row of the first file has no line end.
        await Import("a.csv", FlatFile.With("\r\n", Submitted.Order("1") with { Currency = "EUROS" }, Submitted.Order("2"), Submitted.Order("3") with { Currency = "EUROS" }).TrimEnd());
        await Import("b.csv", FlatFile.With("\r\n", Submitted.Order("4") with { Currency = "EUROS" }));
        var (status, file, type) = await Ingest.GetText("/rejected/download?source=pos");
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (status, type));
        var expected = FlatFile.With("\r\n", new[] { "1", "3", "4" }.Select(receipt => Submitted.Order(receipt) with { Currency = "EUROS" }).ToArray());
        Assert.Equal(expected.Replace("\r\n", "\n", StringComparison.Ordinal), file.Replace("\r\n", "\n", StringComparison.Ordinal));

        var corrected = await Import("corrected.csv", file.Replace("EUROS", "EUR", StringComparison.Ordinal));
        Assert.Equal((3, 0), (corrected.Accepted, corrected.Rejected));
    }

    [Fact]
    public async Task Json_is_one_document_per_line_and_is_taken_when_corrected()
    {
        await Import("a.ndjson", $"{Submitted.Json(Submitted.Order("1") with { Currency = "EUROS" })}\n{{ torn", "web");
        using var pretty = await Ingest.Post(Submitted.Node(Submitted.Order("2") with { Currency = "EUROS" }).ToString(), "/orders?source=web");
        var (_, file, type) = await Ingest.GetText("/rejected/download?source=web&reason=invalid");
        Assert.Equal("application/x-ndjson", type);
        Assert.Equal(3, file.TrimEnd().Split('\n').Length);
        var corrected = await Import("corrected.ndjson", file.Replace("EUROS", "EUR", StringComparison.Ordinal), "web");
        Assert.Equal((2, 1), (corrected.Accepted, corrected.Rejected));
    }

    [Fact]
    public async Task Transactions_stand_below_one_root_and_are_taken_when_corrected()
    {
        await Restart(new() { ["OrderIngest:Sources:xml:Format"] = "poslog", ["OrderIngest:Sources:xml:Currency"] = "EUR", ["OrderIngest:Sources:xml:TimeZone"] = "Europe/Stockholm" });
        await Import("log.xml", $"<POSLog>{Transaction("1", "2026-11-20T12:00:00")}{Transaction("2", "yesterday")}{Transaction("3", "today")}</POSLog>", "xml");
        var (_, file, type) = await Ingest.GetText("/rejected/download?file=log.xml");
        Assert.Equal("application/xml", type);
        Assert.Equal($"<POSLog>\n{Transaction("2", "yesterday")}\n{Transaction("3", "today")}\n</POSLog>\n", file);
        var corrected = await Import("corrected.xml", file.Replace("yesterday", "2026-11-20T13:00:00", StringComparison.Ordinal).Replace("today", "2026-11-20T14:00:00", StringComparison.Ordinal), "xml");
        Assert.Equal((2, 0), (corrected.Accepted, corrected.Rejected));
    }

    [Fact]
    public async Task Different_kinds_of_files_are_not_mixed()
    {
        var shuffled = FlatFile.Of(Submitted.Order("2") with { Currency = "EUROS" });
        await Import("a.csv", FlatFile.Of(Submitted.Order("1") with { Currency = "EUROS" }));
        await Import("b.csv", shuffled.Replace("order_number,", "ORDER_NUMBER,", StringComparison.Ordinal));
        using var json = await Ingest.Post("{}");
        var (status, body) = await Ingest.Get("/rejected/download?source=pos");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        var layouts = body.GetProperty("layouts").EnumerateArray().Select(layout => layout.Text("layout")!).ToList();
        Assert.Equal(3, layouts.Count);
        var files = new List<string>();
        foreach (var layout in layouts)
            files.Add((await Ingest.GetText($"/rejected/download?source=pos&layout={layout}")).Body);
        Assert.Contains("{}\n", files);
        Assert.Contains(FlatFile.Of(Submitted.Order("1") with { Currency = "EUROS" }), files);
        Assert.Equal(HttpStatusCode.NotFound, (await Ingest.Get("/rejected/download?source=web")).Status);
    }

    [Fact]
    public async Task The_list_of_faults_names_rows_of_the_file_and_nothing_of_the_orders()
    {
        await Import("=a.csv", FlatFile.Of(Submitted.Order("1"), Submitted.Order("2") with { Currency = "EUROS", Customer = new(Email: "pat@shop.example") }, Submitted.Order("1", price: 1)));
        var (_, list, type) = await Ingest.GetText("/rejected/faults.csv?source=pos");
        Assert.Equal("text/csv", type);
        var rows = list.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("id,source,file,row,field,what_is_wrong,reason,order_id,begins_at_row,rows,begins_at_byte,first_received_at,last_received_at,times", rows[0]);
        Assert.Contains(",pos,'=a.csv,3,currency,is not a currency code of ISO 4217,invalid,,3,1,", rows[1], StringComparison.Ordinal);
        Assert.Contains(",pos,'=a.csv,4,order,was accepted before with other content,changed-after-acceptance,", rows[2], StringComparison.Ordinal);
        Assert.DoesNotContain("pat@", list, StringComparison.Ordinal);
    }

    private static string Transaction(string number, string time) =>
        $"<Transaction><BusinessUnit><UnitID>S1</UnitID></BusinessUnit><WorkstationID>2</WorkstationID><SequenceNumber>{number}</SequenceNumber><BusinessDayDate>2026-11-20</BusinessDayDate>" +
        $"<EndDateTime>{time}</EndDateTime><RetailTransaction><LineItem><SequenceNumber>1</SequenceNumber><Sale><ItemID>SHIRT</ItemID><Quantity>1</Quantity><UnitPrice>5.00</UnitPrice>" +
        "<ExtendedAmount>5.00</ExtendedAmount></Sale></LineItem><Total TotalType=\"TransactionGrandAmount\">5.00</Total></RetailTransaction></Transaction>";
}

public sealed class When_rejected_orders_are_sent_back_on_PostgreSql : When_rejected_orders_are_sent_back
{
    protected override bool OnPostgres => true;
}

public sealed class When_rejected_orders_are_sent_back_on_Sqlite : When_rejected_orders_are_sent_back
{
    protected override bool OnPostgres => false;
}
