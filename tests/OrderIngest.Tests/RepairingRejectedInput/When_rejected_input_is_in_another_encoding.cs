using System.Net;
using System.Text;

namespace OrderIngest.Tests.RepairingRejectedInput;

/// <summary>What is kept says what it is in, so that it reads the same again, by itself, edited, and in the file that is sent back.</summary>
public sealed class When_rejected_input_is_in_another_encoding : OnRejectedInput
{
    private const string Header = "order_number,store_id,occurred_at,currency,total_gross,sku,description,line_total\n";

    static When_rejected_input_is_in_another_encoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    protected override bool OnPostgres => false;

    [Theory]
    [InlineData("utf-16", true, "Žluťoučký kůň")]
    [InlineData("utf-16BE", false, "Žluťoučký kůň")]
    [InlineData("shift_jis", false, "半袖シャツ")]
    [InlineData("gb18030", false, "衬衫")]
    [InlineData("windows-1252", false, "Überwurf")]
    public async Task A_flat_order_passes_as_it_was_written(string encoding, bool mark, string goods)
    {
        await Restart(With(encoding));
        await Import("a.csv", Bytes(encoding, mark, $"{Header}1,S1,2026-11-20T12:00:00,EUR,5.00,A,{goods},5.00\n2,S1,2026-11-20T12:00:00,EUROS,5.00,B,{goods},5.00\n3,S1,2026-11-20T12:00:00Z,EUR,5.00,C,{goods},5.00\n"));
        var kept = await Ingest.Rejected();
        Assert.Equal(2, kept.Count);
        Assert.Contains(goods, (await Ingest.Get($"/rejected/{kept[0].Id}")).Body.GetProperty("body").Text("text"), StringComparison.Ordinal);

        await Restart(With(encoding, zone: true));
        Assert.Equal((1, 1), Counts((await Ingest.Ask("/rejected/resubmit", new { filter = new { } })).Body));
        Assert.Equal(goods, await Description("1"));

        // Without a charset an edited body is in the encoding of the kept one, with its mark or without.
        var body = await Ingest.Http.GetByteArrayAsync($"/rejected/{kept[0].Id}/body");
        var text = Encoding.Latin1.GetString(body).Replace("EUROS", "EUR", StringComparison.Ordinal).Replace("\u00EF\u00BB\u00BF", "", StringComparison.Ordinal);
        using var edited = await Ingest.Post(Encoding.Latin1.GetBytes(text), $"/rejected/{kept[0].Id}/resubmit", "text/csv");
        Assert.Equal(HttpStatusCode.Accepted, edited.StatusCode);
        Assert.Equal(goods, await Description("2"));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("shift_jis")]
    [InlineData("windows-1252")]
    public async Task An_edited_body_is_read_by_its_charset(string encoding)
    {
        await Restart(With(encoding, zone: true));
        await Import("a.csv", Bytes(encoding, false, $"{Header}1,S1,2026-11-20T12:00:00,EUROS,5.00,A,cap,5.00\n"));
        var id = Assert.Single(await Ingest.Rejected()).Id;
        var (status, _) = await Ingest.Ask($"/rejected/{id}/resubmit", $"{Header}1,S1,2026-11-20T12:00:00,EUR,5.00,A,帽子 Ü,5.00\n", "text/csv");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("帽子 Ü", await Description("1"));
        Assert.Contains("帽子 Ü", (await Ingest.Get($"/rejected/{id}")).Body.GetProperty("edited").Text("text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", new byte[] { (byte)'a', 0xFF })]
    [InlineData("nobodys", new byte[] { (byte)'a' })]
    public async Task A_body_that_is_not_in_its_charset_is_refused(string charset, byte[] body)
    {
        await Restart(With("utf-16"));
        await Import("a.csv", Bytes("utf-16", false, $"{Header}1,S1,2026-11-20T12:00:00,EUR,5.00,A,cap,5.00\n"));
        using var answer = await Ingest.Post(body, $"/rejected/{Assert.Single(await Ingest.Rejected()).Id}/resubmit", $"text/csv; charset={charset}");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("utf-16", "Žluťoučký kůň")]
    [InlineData("shift_jis", "半袖シャツ")]
    [InlineData("windows-1252", "Überwurf")]
    public async Task The_file_that_is_sent_back_is_taken_when_corrected(string encoding, string goods)
    {
        await Restart(With(encoding, zone: true));
        await Import("a.csv", Bytes(encoding, false, $"{Header}1,S1,2026-11-20T12:00:00,EUROS,5.00,A,{goods},5.00\n2,S1,2026-11-20T12:00:00,EUROS,5.00,B,{goods},5.00\n"));
        var sent = await Ingest.Http.GetByteArrayAsync("/rejected/download?source=pos");
        await Import("corrected.csv", Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(sent).Replace("EUROS", "EUR", StringComparison.Ordinal)));
        Assert.Equal((goods, goods), (await Description("1"), await Description("2")));
    }

    [Fact]
    public async Task A_file_without_a_header_row_is_known_by_its_mark_alone()
    {
        var columns = new[] { "orderNumber", "storeId", "occurredAt", "totals.gross", "line.sku", "line.description", "line.total" }
            .Select((field, place) => ($"Columns:{field}", (string?)$"#{place + 1}")).Append(("Rows:HeaderRows", "0")).Append(("Currency", "EUR")).ToArray();
        await Restart(With("utf-16", zone: false, columns));
        await Import("a.csv", Bytes("utf-16", false, "1,S1,2026-11-20T12:00:00Z,5.00,A,帽子,5.00\n2,S1,2026-11-20T12:00:00,5.00,B,帽子,5.00\n3,S1,2026-11-20T12:00:00,5.00,B,帽子,5.00\n"));
        Assert.Equal(["row 3, #3", "row 2, #3"], (await Ingest.Rejected()).Select(kept => Assert.Single(kept.Faults).At));
        Assert.Equal(["row 2, #3", "row 3, #3"], (await Ingest.Ask("/rejected/preview", new { filter = new { } })).Body.GetProperty("entries").EnumerateArray().Select(result => result.GetProperty("faults")[0].Text("at")));
        var sent = await Ingest.GetText("/rejected/download?source=pos");
        Assert.Equal("2,S1,2026-11-20T12:00:00,5.00,B,帽子,5.00\n3,S1,2026-11-20T12:00:00,5.00,B,帽子,5.00\n", sent.Body.TrimStart('\uFEFF'));
        await Restart(With("utf-16", zone: true, columns));
        Assert.Equal((2, 0), Counts((await Ingest.Ask("/rejected/resubmit", new { filter = new { } })).Body));
        Assert.Equal("帽子", await Description("3"));
    }

    [Fact]
    public async Task Transactions_are_kept_with_the_encoding_that_their_log_declares()
    {
        Dictionary<string, string?> settings = new() { ["OrderIngest:Sources:pos:Format"] = "poslog", ["OrderIngest:Sources:pos:Currency"] = "EUR" };
        await Restart(settings);
        var log = "<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?>\n<POSLog>\n" + Transaction("1", "2026-11-20T12:00:00") + Transaction("2", "yesterday") + "</POSLog>";
        await Import("a.xml", Encoding.GetEncoding("iso-8859-2").GetBytes(log));
        var kept = await Ingest.Rejected();
        Assert.Equal([4, 3], kept.Select(one => one.FirstRow));
        Assert.Contains("Žluťoučký kůň", (await Ingest.Get($"/rejected/{kept[0].Id}")).Body.GetProperty("body").Text("text"), StringComparison.Ordinal);
        var sent = await Ingest.Http.GetByteArrayAsync("/rejected/download?source=pos");
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"iso-8859-2\"?>\n<POSLog>\n<Transaction>", Encoding.Latin1.GetString(sent), StringComparison.Ordinal);

        settings["OrderIngest:Sources:pos:TimeZone"] = "Europe/Prague";
        await Restart(settings);
        Assert.Equal((1, 1), Counts((await Ingest.Ask("/rejected/resubmit", new { filter = new { } })).Body));
        Assert.Equal("Žluťoučký kůň", await Description("1"));
        var corrected = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(sent).Replace("yesterday", "2026-11-20T13:00:00", StringComparison.Ordinal));
        await Import("corrected.xml", corrected);
        Assert.Equal("Žluťoučký kůň", await Description("2"));
    }

    [Fact]
    public async Task An_edited_transaction_is_read_by_its_charset_whatever_its_log_declared()
    {
        await Restart(new() { ["OrderIngest:Sources:pos:Format"] = "poslog", ["OrderIngest:Sources:pos:Currency"] = "EUR", ["OrderIngest:Sources:pos:TimeZone"] = "Europe/Prague" });
        await Import("a.xml", Encoding.GetEncoding("iso-8859-2").GetBytes("<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?>\n<POSLog>" + Transaction("2", "yesterday") + "</POSLog>"));
        var id = Assert.Single(await Ingest.Rejected()).Id;
        var shown = (await Ingest.Get($"/rejected/{id}")).Body.GetProperty("body").Text("text")!;
        var (status, _) = await Ingest.Ask($"/rejected/{id}/resubmit", shown.Replace("yesterday", "2026-11-20T13:00:00", StringComparison.Ordinal), "application/xml");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("Žluťoučký kůň", await Description("2"));
    }

    private static Dictionary<string, string?> With(string encoding, bool zone = false, params (string Key, string? Value)[] more)
    {
        var settings = new Dictionary<string, string?> { ["OrderIngest:Sources:pos:Encoding"] = encoding };
        foreach (var (key, value) in more)
            settings[$"OrderIngest:Sources:pos:{key}"] = value;
        return zone ? new(settings.Concat(WithZone)) : settings;
    }

    private static byte[] Bytes(string name, bool mark, string text)
    {
        var encoding = Encoding.GetEncoding(name);
        return [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
    }

    private static string Transaction(string number, string time) =>
        $"<Transaction><BusinessUnit><UnitID>S1</UnitID></BusinessUnit><WorkstationID>2</WorkstationID><SequenceNumber>{number}</SequenceNumber><BusinessDayDate>2026-11-20</BusinessDayDate>" +
        $"<EndDateTime>{time}</EndDateTime><RetailTransaction><LineItem><SequenceNumber>1</SequenceNumber><Sale><ItemID>A</ItemID><Description>Žluťoučký kůň</Description><Quantity>1</Quantity>" +
        "<UnitPrice>5.00</UnitPrice><ExtendedAmount>5.00</ExtendedAmount></Sale></LineItem><Total TotalType=\"TransactionGrandAmount\">5.00</Total></RetailTransaction></Transaction>\n";

    private static (long Accepted, long Rejected) Counts(System.Text.Json.JsonElement report) => (report.Number("accepted"), report.Number("rejected"));
}
