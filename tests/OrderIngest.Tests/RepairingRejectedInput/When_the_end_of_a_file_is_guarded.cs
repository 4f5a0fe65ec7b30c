using System.Net;

namespace OrderIngest.Tests.RepairingRejectedInput;

/// <summary>What guards the end of a file says nothing about an order that is read again by itself; what stood beside the order then does.</summary>
public abstract class When_the_end_of_a_file_is_guarded : OnRejectedInput
{
    private const string Header = "order_number,store_id,occurred_at,currency,total_gross,sku,line_total\n";
    private const string Deposit = "1,S1,2026-11-20T12:00:00,EUR,5.00,MILK,4.75\n";
    private const string Whole = "2,S1,2026-11-20T12:00:00Z,EUR,5.00,SHIRT,5.00\n";
    private const string LastWithDeposit = "3,S1,2026-11-20T12:00:00,EUR,5.00,MILK,4.75\n";

    private static readonly Dictionary<string, string?> Typed = new()
    {
        ["OrderIngest:Sources:pos:Rows:TypeColumn"] = "row",
        ["OrderIngest:Sources:pos:Rows:Order"] = "H",
        ["OrderIngest:Sources:pos:Rows:Line"] = "L",
        ["OrderIngest:Sources:pos:Rows:Trailer"] = "Ende",
    };

    private const string TypedHeader = "order_number;row;store_id;occurred_at;currency;total_gross;sku;line_total\n";

    private static Dictionary<string, string?> Flat => new() { ["OrderIngest:Sources:pos:Delimiter"] = "," };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_order_with_a_deposit_from_the_middle_of_a_file_passes_once_its_fault_is_gone(bool own)
    {
        // Our own reader, and the one for files of any layout.
        await Restart(own ? [] : Flat);
        await Import("a.csv", own ? OwnFile : Header + Whole.Replace("2,", "0,", StringComparison.Ordinal) + Deposit + Whole);
        Assert.Single(await Ingest.Rejected());
        await Restart(own ? WithZone : new(Flat.Concat(WithZone)));
        var (_, report) = await Ingest.Ask("/rejected/resubmit", new { filter = new { } });
        Assert.Equal((1, 0), (report.Number("accepted"), report.Number("rejected")));
    }

    [Fact]
    public async Task The_last_order_of_a_file_may_still_be_half_of_one_until_a_person_says_it_is_whole()
    {
        await Restart(Flat);
        await Import("a.csv", Header + Whole + LastWithDeposit);
        await Restart(new(Flat.Concat(WithZone)));
        var (_, report) = await Ingest.Ask("/rejected/resubmit", new { filter = new { } });
        Assert.Equal((0, 1), (report.Number("accepted"), report.Number("rejected")));
        var kept = Assert.Single(await Ingest.Rejected());
        Assert.Equal("row 3", Assert.Single(kept.Faults).At);
        Assert.Contains("cut off", kept.Faults[0].Says, StringComparison.Ordinal);

        var body = (await Ingest.GetText($"/rejected/{kept.Id}/body")).Body;
        var (status, result) = await Ingest.Ask($"/rejected/{kept.Id}/resubmit", body, "text/csv");
        Assert.Equal((HttpStatusCode.Accepted, "accepted"), (status, result.Text("outcome")));
    }

    [Fact]
    public async Task A_deposit_is_no_sign_of_a_cut_where_most_orders_of_the_file_have_one()
    {
        await Restart(Flat);
        await Import("a.csv", Header + Deposit.Replace(":00,", ":00Z,", StringComparison.Ordinal) + LastWithDeposit);
        await Restart(new(Flat.Concat(WithZone)));
        Assert.Equal(1, (await Ingest.Ask("/rejected/resubmit", new { filter = new { } })).Body.Number("accepted"));
    }

    [Fact]
    public async Task An_order_of_a_file_with_a_trailer_passes_without_one_by_itself_and_in_the_file_that_is_sent_back()
    {
        await Restart(Typed);
        var file = TypedHeader + "1;H;S1;2026-11-20T12:00:00Z;EUROS;5.00;;\n1;L;;;;;SHIRT;5.00\n2;H;S1;2026-11-20T12:00:00;EUR;5.00;;\n2;L;;;;;MILK;4.75\n;Ende\n";
        Assert.Equal(2, (await Import("a.csv", file)).Rejected);
        var (_, sent, _) = await Ingest.GetText("/rejected/download?source=pos");
        Assert.Equal(file, sent);

        await Restart(new(Typed.Concat(WithZone)));
        var (_, report) = await Ingest.Ask("/rejected/resubmit", new { filter = new { } });
        Assert.Equal((1, 1), (report.Number("accepted"), report.Number("rejected")));
        var corrected = await Import("corrected.csv", sent.Replace("EUROS", "EUR", StringComparison.Ordinal));
        Assert.Equal((1, 1, 0), (corrected.Accepted, corrected.Duplicates, corrected.Rejected));
    }

    [Fact]
    public async Task That_a_trailer_was_missing_stays_told_and_holds_up_no_order()
    {
        await Restart(Typed);
        await Import("a.csv", TypedHeader + "1;H;S1;2026-11-20T12:00:00;EUR;5.00;;\n1;L;;;;;SHIRT;5.00\n");
        await Restart(new(Typed.Concat(WithZone)));
        var (_, report) = await Ingest.Ask("/rejected/resubmit", new { filter = new { } });
        Assert.Equal((1, 1), (report.Number("accepted"), report.Number("rejected")));
        Assert.Equal("is the last one, and not of type Ende: the file was cut off behind it", Assert.Single(Assert.Single(await Ingest.Rejected()).Faults).Says);
    }

    [Fact]
    public async Task Several_orders_of_two_files_can_be_sent_back_in_one()
    {
        await Restart(new() { ["OrderIngest:Sources:pos:Rows:OrderId"] = "id", ["OrderIngest:Sources:pos:Rows:LineOrderId"] = "order_id" });
        const string Orders = "id,store_id,order_number,occurred_at,currency,total_gross\n1,S1,A1,2026-11-20T12:00:00Z,EUROS,5\n2,S1,A2,2026-11-20T12:00:00Z,EUROS,4\n";
        const string Lines = "order_id,sku,line_total\n2,MILK,4\n1,SHIRT,5\n";
        Assert.Equal(2, (await Import("a.csv", Orders + Lines)).Rejected);
        var (_, sent, _) = await Ingest.GetText("/rejected/download?source=pos");
        var corrected = await Import("corrected.csv", sent.Replace("EUROS", "EUR", StringComparison.Ordinal));
        Assert.Equal((2, 0), (corrected.Accepted, corrected.Rejected));
    }

    private static string OwnFile => ReadingOrders.FlatFile.Of(
        ReadingOrders.Submitted.Order("0"), ReadingOrders.Submitted.Order("1") with { OccurredAt = LocalTime, Totals = new(Gross: 20.05m) }, ReadingOrders.Submitted.Order("2"));
}

public sealed class When_the_end_of_a_file_is_guarded_on_PostgreSql : When_the_end_of_a_file_is_guarded
{
    protected override bool OnPostgres => true;
}

public sealed class When_the_end_of_a_file_is_guarded_on_Sqlite : When_the_end_of_a_file_is_guarded
{
    protected override bool OnPostgres => false;
}
