using System.Text;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.ReadingFlatFiles;

/// <summary>A file that ends anywhere: whole orders before the cut count, half of one never does, and the cut is told wherever anything tells it.</summary>
public sealed class When_a_file_is_cut
{
    private static readonly Source Own = new("pos", new());

    [Fact]
    public async Task It_is_told_at_every_byte_of_our_own_flat_file()
    {
        var orders = Enumerable.Range(1, 3).Select(n => Submitted.Order($"100{n}") with
        {
            Lines = [.. Enumerable.Range(1, 3).Select(line => Submitted.Order().Lines[0] with { Number = line, Quantity = 1, UnitPrice = 10 * line, Total = 10 * line })],
            Totals = new(Gross: 60),
        }).ToArray();
        await CutEverywhere(Own, FlatFile.Of(orders), [.. orders.Select(order => string.Concat(FlatFile.Rows(order).Select(row => row + "\n")))], ["1001 Sale", "1002 Sale", "1003 Sale"]);
    }

    [Fact]
    public async Task It_is_told_at_every_byte_where_order_columns_stand_once()
    {
        string[] orders = ["S,1,901,2026-11-20 12:00:00,7.00,A,1,5.00,5.00\n,,,,,B,1,2.00,2.00\n", "S,1,902,2026-11-20 12:05:00,9.00,C,1,1.50,1.50\n,,,,,D,5,1.50,7.50\n"];
        await CutEverywhere(FlatSource.TillWith(), $"{FlatSource.TillHeader}\n{string.Concat(orders)}", orders, ["901 Sale", "902 Sale"]);
    }

    [Fact]
    public async Task It_is_told_at_every_byte_of_a_file_with_a_trailer()
    {
        var source = FlatSource.Of(
            ("Rows:HeaderRows", "0"), ("Rows:TypeColumn", "#1"), ("Rows:Order", "H"), ("Rows:Line", "L"), ("Rows:Trailer", "T"), ("TimeZone", "Europe/Stockholm"), ("Currency", "EUR"), ("Columns:storeId", "=S"),
            ("Columns:registerId", "=1"), ("Columns:receiptNumber", "#2"), ("Columns:occurredAt", "#3"), ("Columns:totals.gross", "#4"), ("Columns:line.sku", "#2"), ("Columns:line.total", "#3"));
        string[] orders = ["H,901,2026-11-20 12:00:00,7.00\nL,A,5.00\nL,B,2.00\n", "H,902,2026-11-20 12:05:00,9.00\nL,C,1.50\nL,D,7.50\n"];
        var file = Encoding.UTF8.GetBytes($"{string.Concat(orders)}T,2\n");
        for (var cut = 1; cut < file.Length; cut++)
        {
            var inputs = await FlatSource.Read(source, file[..cut]);
            AssertWhole(inputs, orders, ["901 Sale", "902 Sale"], cut);
            // With a trailer there is no place at which a cut could pass for the end: only its own last byte and its count are left.
            Assert.True(cut > file.Length - 3 - 1 || inputs.Exists(input => input.Faults.Count > 0), $"cut at {cut}");
        }
    }

    [Fact]
    public async Task The_last_row_must_have_its_line_end_where_that_is_configured()
    {
        const string Header = $"{FlatSource.TillHeader},Text";
        const string Row = "S,1,1,2026-11-20 12:00:00,5,A,1,5,5,Blue shirt";
        var source = FlatSource.TillWith(("Columns:line.description", "Text"));
        // Nothing tells that the text was longer.
        Assert.Equal(["1 Sale"], FlatSource.Told(await FlatSource.Read(source, $"{Header}\n{Row[..^6]}")));
        source = FlatSource.TillWith(("Columns:line.description", "Text"), ("Rows:RequireLineEnd", "true"));
        Assert.Equal(["row 2 has no line end: the file was cut off here"], FlatSource.Told(await FlatSource.Read(source, $"{Header}\n{Row[..^6]}")));
        Assert.Equal(["1 Sale"], FlatSource.Told(await FlatSource.Read(source, $"{Header}\n{Row}\n")));
    }

    [Fact]
    public async Task Where_orders_never_add_up_the_end_tells_nothing()
    {
        string Order(int number) => $"S,1,{number},2026-11-20 12:0{number}:00,6.00,A,1,5.00,5.00\n";
        Assert.Equal(["1 Sale", "2 Sale", "3 Sale"], FlatSource.Told(await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\n{Order(1)}{Order(2)}{Order(3)}")));
        // A single order has nothing to be compared with: the switch is there for tills whose orders are so.
        Assert.Equal(
            ["row 2 is the last of the file, and the order's lines do not come to its gross total: the file was probably cut off"], FlatSource.Told(await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\n{Order(1)}")));
        Assert.Equal(["1 Sale"], FlatSource.Told(await FlatSource.Read(FlatSource.TillWith(("Rows:MustAddUp", "false")), $"{FlatSource.TillHeader}\n{Order(1)}")));
    }

    [Fact]
    public async Task An_order_that_may_have_lost_a_line_to_a_row_nobody_can_read_is_held_back()
    {
        var rows = FlatFile.Rows(Submitted.Order("1") with { Totals = new(Gross: 29.70m) }).ToList();
        var inputs = await Submitted.ReadCsv($"{FlatFile.Header}\n{rows[0]}\ngarbage\n{string.Join('\n', FlatFile.Rows(Submitted.Order("2")))}\n");
        Assert.Equal(["row 2 stands beside a row that is damaged, and the order's lines do not come to its gross total: a line is probably lost", "row 3 cannot be assigned to an order: its key columns are not readable", "2 Sale"], FlatSource.Told(inputs));
        inputs = await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\ngarbage\nS,1,1,2026-11-20 12:00:00,7.00,A,1,5.00,5.00\nS,1,2,2026-11-20 12:00:00,5.00,A,1,5.00,5.00\n");
        Assert.Equal(["row 2 cannot be assigned to an order: its key columns are blank or not readable", "row 3 stands beside a row that is damaged, and the order's lines do not come to its gross total: a line is probably lost", "2 Sale"], FlatSource.Told(inputs));
    }

    [Fact]
    public async Task Two_orders_that_differ_in_nothing_but_their_number_must_both_add_up()
    {
        const string Damaged = "S,1,1001,2026-11-20 12:00:00,7.00,A,1,5.00,5.00\nS,1,1\"01,2026-11-20 12:00:00,7.00,B,1,2.00,2.00\n";
        const string Next = "S,1,1002,2026-11-20 12:01:00,5.00,A,1,5.00,5.00\nS,1,1003,2026-11-20 12:01:00,5.00,A,1,5.00,5.00\n";
        const string Says = "is of one of two orders that differ in nothing but their number, and the lines do not come to the gross total: a number is probably damaged";
        Assert.Equal([$"row 2 {Says}", $"row 3 {Says}", "1002 Sale", "1003 Sale"], FlatSource.Told(await FlatSource.Read(FlatSource.TillWith(), $"{FlatSource.TillHeader}\n{Damaged}{Next}")));
        var rows = FlatFile.Rows(Submitted.Order("1001") with { Totals = new(Gross: 39.60m) }).ToList();
        var inputs = await Submitted.ReadCsv($"{FlatFile.Header}\n{rows[0]}\n{rows[0].Replace("1001", "1\u00E901", StringComparison.Ordinal)}\n{FlatFile.Rows(Submitted.Order("1002") with { OccurredAt = "2026-11-20T12:00:01+01:00" }).Single()}\n");
        Assert.Equal([$"row 2 {Says}", $"row 3 {Says}", "1002 Sale"], FlatSource.Told(inputs));
    }

    private static async Task CutEverywhere(Source source, string text, string[] orders, string[] told)
    {
        var file = Encoding.UTF8.GetBytes(text);
        var header = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        for (var cut = 1; cut < header; cut++)
            await Assert.ThrowsAsync<UnreadableHeaderException>(() => FlatSource.Read(source, file[..cut]));
        var ends = new List<int> { header };
        foreach (var order in orders)
            ends.Add(ends[^1] + Encoding.UTF8.GetByteCount(order));
        for (var cut = header; cut <= file.Length; cut++)
        {
            var inputs = await FlatSource.Read(source, file[..cut]);
            AssertWhole(inputs, orders, told, cut - header);
            // Between two orders nothing is missing that anybody could know of; a line end alone says nothing either.
            var isBetween = ends.Exists(end => cut == end || cut == end - 1);
            Assert.True(isBetween || inputs.Exists(input => input.Faults.Count > 0) || IsAllSaid(text, cut, ends), $"cut at {cut} is not told: …{text[Math.Max(0, cut - 40)..cut]}");
        }
    }

    // Of the last number of an order's last row only zeros behind the point are missing, or all of it: it is pieces times price.
    private static bool IsAllSaid(string text, int cut, List<int> ends)
    {
        var end = text.IndexOf('\n', cut) + 1;
        return ends.Contains(end) && text[cut..(end - 1)].Trim('0', '.').Length == 0 || ends.Contains(end) && text[cut - 1] == ',' && !text[cut..end].Contains(',', StringComparison.Ordinal);
    }

    /// <summary>Orders before the cut are all there, and nothing that is not in the file.</summary>
    private static void AssertWhole(List<ReadInput> inputs, string[] orders, string[] told, int cut)
    {
        var (whole, at) = (0, 0);
        while (whole < orders.Length && at + orders[whole].Length <= cut)
            at += orders[whole++].Length;
        var read = FlatSource.Told(inputs.Where(input => input.Order is not null)).ToList();
        // One more may be complete but for its line end.
        Assert.True(read.SequenceEqual(told[..whole]) || read.SequenceEqual(told[..Math.Min(whole + 1, told.Length)]), $"cut at {cut}: {string.Join(", ", read)}");
        Assert.All(inputs, input => Assert.Equal(input.Order is null, input.Faults.Count > 0));
        Assert.All(inputs.Where(input => input.Order is not null), input => Assert.Equal(input.Order!.Totals.Gross, input.Order.Lines.Sum(line => line.Total)));
    }
}
