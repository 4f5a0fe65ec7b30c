using System.IO.Compression;
using System.Text;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.ReadingFlatFiles;

/// <summary>A file of orders and one of their lines, joined by the order's id.</summary>
public sealed class TwoFilesTests
{
    private const string Orders = "id,store_id,register_id,receipt_number,occurred_at,currency,total_gross\n1,S,1,R1,2026-11-20T12:00:00Z,EUR,7\n2,S,1,R2,2026-11-20T12:00:00Z,EUR,5\n3,S,1,R3,2026-11-20T12:00:00Z,EUR,4\n";
    private const string Lines = "order_id,sku,quantity,line_total\n3,D,1,4\n1,A,1,5\n2,C,1,5\n1,B,1,2\n";

    private static readonly string[] Whole = ["R1 Sale", "R2 Sale", "R3 Sale"];

    private static Source Shop => FlatSource.Of(("Rows:OrderId", "id"), ("Rows:LineOrderId", "order_id"));

    [Fact]
    public async Task Lines_find_their_order_in_any_sequence()
    {
        var inputs = await FlatSource.Read(Shop, Encoding.UTF8.GetBytes(Orders), Encoding.UTF8.GetBytes(Lines));
        Assert.Equal(Whole, FlatSource.Told(inputs));
        Assert.Equal(["A", "B"], inputs[0].Order!.Lines.Select(line => line.Sku));
        Assert.Equal(Whole, FlatSource.Told(await FlatSource.Read(Shop, Encoding.UTF8.GetBytes(Lines), Encoding.UTF8.GetBytes(Orders))));
    }

    [Fact]
    public async Task Both_may_come_one_behind_the_other() => Assert.Equal(Whole, FlatSource.Told(await FlatSource.Read(Shop, Orders + Lines)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_may_come_in_one_zip(bool seekable)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in new[] { ("Manifest.xml", "<x/>"), ("lines.CSV", Lines), ("orders.csv", Orders) })
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        zip.Position = 0;
        var inputs = new List<ReadInput>();
        Stream stream = seekable ? zip : new ForwardOnly(zip);
        await foreach (var input in new CsvOrderReader(Submitted.Rules()).Read(stream, Shop, new(), TestContext.Current.CancellationToken))
            inputs.Add(input);
        Assert.Equal(Whole, FlatSource.Told(inputs));
        var cut = await Assert.ThrowsAsync<UnreadableHeaderException>(() => FlatSource.Read(Shop, zip.ToArray()[..^30]));
        Assert.Contains("zip", cut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_belongs_to_nothing_is_told()
    {
        var inputs = await FlatSource.Read(Shop, Encoding.UTF8.GetBytes($"{Orders}4,S,1,R4,2026-11-20T12:00:00Z,EUR,4\n1,S,1,R5,2026-11-20T12:00:00Z,EUR,4\n"), Encoding.UTF8.GetBytes($"{Lines}9,X,1,1\n,Y,1,1\n"));
        Assert.Equal(
            ["lines row 7 cannot be assigned to an order: its id is blank or not readable", .. Whole, "row 5 is of an order without a single line", "row 6 is of an order that an earlier row is of too", "lines row 6 is of an order that is not in the file of orders"],
            FlatSource.Told(inputs));
    }

    [Fact]
    public async Task A_fault_in_a_line_rejects_its_order_and_what_is_kept_can_be_read_again()
    {
        var inputs = await FlatSource.Read(Shop, Encoding.UTF8.GetBytes(Orders.TrimEnd('\n')), Encoding.UTF8.GetBytes(Lines.Replace("D,1,4", "D,one,4", StringComparison.Ordinal)));
        Assert.Equal(["R1 Sale", "R2 Sale", "lines row 2, quantity must be a number with a decimal point and without thousands separators"], FlatSource.Told(inputs));
        var again = Assert.Single(await FlatSource.Read(Shop, inputs[2].JoinRaw()));
        Assert.Equal("lines row 4, quantity", Assert.Single(again.Faults).At);
        var repaired = Encoding.UTF8.GetString(inputs[2].JoinRaw()).Replace("one", "1", StringComparison.Ordinal);
        Assert.Equal(["R3 Sale"], FlatSource.Told(await FlatSource.Read(Shop, repaired)));
    }

    [Fact]
    public async Task More_than_fits_into_memory_goes_to_files_and_comes_out_whole()
    {
        // 40 MB of lines: more than twice what is kept in memory.
        const int Count = 20_000;
        var padding = new string('x', 400);
        var orders = new StringBuilder("id,store_id,register_id,receipt_number,occurred_at,currency,total_gross\n");
        var lines = new StringBuilder("order_id,sku,quantity,line_total,description\n");
        for (var n = 0; n < Count; n++)
            orders.Append($"{n},S,1,R{n},2026-11-20T12:00:00Z,EUR,10\n");
        for (var line = 0; line < 5; line++)
        {
            for (var n = Count; n > 0; n--)
                lines.Append($"{n - 1},{line},1,2,{padding}\n");
        }
        var inputs = await FlatSource.Read(Shop, Encoding.UTF8.GetBytes(orders.ToString()), Encoding.UTF8.GetBytes(lines.ToString()));
        Assert.Equal(Count, inputs.Count(input => input.Order is { Lines.Count: 5, Totals.Gross: 10 }));
        Assert.Equal(Count, inputs.Select(input => input.Order!.ReceiptNumber).Distinct().Count());
    }

    [Fact]
    public async Task One_file_alone_is_not_enough_and_two_are_too_many_for_a_flat_one()
    {
        var exception = await Assert.ThrowsAsync<UnreadableHeaderException>(() => FlatSource.Read(Shop, Orders));
        Assert.Contains("OrderIngest:Sources:pos wants two files: one of orders, with id, and one of lines, with order_id", exception.Message, StringComparison.Ordinal);
        exception = await Assert.ThrowsAsync<UnreadableHeaderException>(() => FlatSource.Read(FlatSource.TillWith(), Encoding.UTF8.GetBytes(Orders), Encoding.UTF8.GetBytes(Lines)));
        Assert.Contains("Rows:LineOrderId", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_number_of_another_till_is_another_order()
    {
        var source = FlatSource.Of(("Rows:OrderId", "register_id + receipt_number"), ("Rows:LineOrderId", "till + no"));
        var inputs = await FlatSource.Read(
            source, "store_id,register_id,receipt_number,occurred_at,currency,total_gross\nS,1,7,2026-11-20T12:00:00Z,EUR,5\nS,2,7,2026-11-20T12:00:00Z,EUR,6\ntill,no,sku,quantity,line_total\n2,7,B,1,6\n1,7,A,1,5\n");
        Assert.Equal([("1", "A"), ("2", "B")], inputs.Select(input => (input.Order!.RegisterId!, input.Order.Lines[0].Sku)));
    }

    /// <summary>A stream that can only be read forward, and a few bytes at a time.</summary>
    private sealed class ForwardOnly(Stream inner) : ForwardStream
    {
        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, 3));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer[..Math.Min(buffer.Length, 3)], cancellationToken);
    }
}
