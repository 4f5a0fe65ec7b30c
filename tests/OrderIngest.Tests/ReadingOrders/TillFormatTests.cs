using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingOrders;

/// <summary>What holds for every format of tills, whatever is in the file.</summary>
public sealed class TillFormatTests
{
    private static readonly TillOrder[] Four =
    [
        new(1001, false, [("A", 2, 1000), ("漢字", 1, 550)]), new(1002, true, [("x\"y", 1, 1990)]), new(1003, false, [("O'Neil & <Co>", 3, 99)]), new(1004, false, [("17", 1, 1), ("é9", 20, 10_000)]),
    ];

    public static TheoryData<string> Formats => ["PosLog", "Shopify", "Square", "Lightspeed"];

    [Theory, MemberData(nameof(Formats))]
    public void Any_order_reads_back_the_same(string name) => Prop.ForAll(TillOrder.Several.ToArbitrary(), orders =>
    {
        var format = Enum.Parse<InputFormat>(name);
        var inputs = TillFile.Read(format, TillOrder.File(format, orders).File).GetAwaiter().GetResult();
        Assert.Equal(orders.Select(order => order.Expected(format)), inputs.Select(TillOrder.Read));
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Formats))]
    public async Task A_file_cut_anywhere_gives_every_whole_order_before_the_cut_and_nothing_else(string name)
    {
        var format = Enum.Parse<InputFormat>(name);
        var (file, places) = InBytes(format);
        for (var cut = 0; cut < file.Length; cut++)
        {
            var inputs = await TillFile.Read(format, file[..cut]);
            var whole = places.Count(place => place.End <= cut);
            Assert.Equal(Four.Take(whole).Select(order => order.Expected(format)), inputs.Where(input => input.Order is not null).Select(TillOrder.Read));
            // In a list without an end a cut between two lines cannot be seen.
            var isSeen = format == InputFormat.PosLog ? cut < file.Length - 1 : places.Any(place => place.Begin < cut && cut < place.End) || cut == 0;
            Assert.Equal((cut, isSeen), (cut, inputs.Any(input => input.Order is null)));
            Assert.DoesNotContain(inputs, input => input.Skipped is not null);
        }
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_list_cut_anywhere_is_seen_to_be_cut(string name)
    {
        var format = Enum.Parse<InputFormat>(name);
        if (format == InputFormat.PosLog)
            return;
        var list = $"[{string.Join(",\n", Four.Select(order => order.In(format)))}]";
        for (var cut = 0; cut < list.Length; cut++)
            Assert.Contains(await TillFile.Read(format, list[..cut]), input => input is { Order: null, Skipped: null });
        Assert.Equal(4, (await TillFile.Read(format, list)).Count(input => input.Order is not null));
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_byte_changed_anywhere_costs_at_most_the_orders_beside_it(string name)
    {
        var format = Enum.Parse<InputFormat>(name);
        var (file, places) = InBytes(format);
        var random = new Random(17);
        for (var at = 0; at < file.Length; at++)
        {
            foreach (var value in (byte[])[(byte)random.Next(256), "<>/\"{}[],:\n \\&0"u8[random.Next(15)]])
            {
                var changed = file.ToArray();
                changed[at] = value;
                var inputs = await TillFile.Read(format, changed);
                var untouched = Four.Where((_, i) => at < places[i].Begin - 1 || at > places[i].End).Select(order => order.Expected(format)).ToList();
                var read = inputs.Where(input => input.Order is not null).Select(TillOrder.Read).ToList();
                var says = $"byte {at} changed to {value}: {string.Join('\n', inputs.Select(TillFile.In))}";
                Assert.True(untouched.All(read.Contains), says);
                // One more: the order itself, where the change left it an order; never a piece of one beside it.
                Assert.True(read.Count <= untouched.Count + 2 && read.Count <= Four.Length, says);
                Assert.True(read.Count == Four.Length || inputs.Any(input => input.Order is null), says);
                AssertTrue(inputs, changed, says);
            }
        }
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task No_mutation_makes_a_reader_fail_or_lie_about_what_it_read(string name)
    {
        var format = Enum.Parse<InputFormat>(name);
        for (var seed = 1; seed <= 3000; seed++)
        {
            var file = Mutation.Of(InBytes(format).File, new Random(seed));
            try
            {
                AssertTrue(await TillFile.Read(format, new SlowStream(file, 1 + seed % 257 * 16), options: new() { MaxOrderBytes = 2048 }), file, $"seed {seed}");
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {exception}");
            }
        }
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task An_order_that_is_too_long_costs_itself(string name)
    {
        var format = Enum.Parse<InputFormat>(name);
        var (file, places) = InBytes(format);
        var inserted = format == InputFormat.PosLog ? $"<Note>{new string('n', 300_000)}</Note>" : $"\"note\":\"{new string('n', 300_000)}\",";
        var place = places[1].Begin + (format == InputFormat.PosLog ? "<Transaction>".Length : 1);
        var inputs = await TillFile.Read(format, [.. file[..place], .. Encoding.UTF8.GetBytes(inserted), .. file[place..]], options: new() { MaxOrderBytes = 4096 });
        Assert.Equal([Four[0].Expected(format), Four[2].Expected(format), Four[3].Expected(format)], inputs.Where(input => input.Order is not null).Select(TillOrder.Read));
        var fault = Assert.Single(inputs, input => input.Order is null);
        Assert.Contains("is longer than 4096 bytes; only these are kept", TillFile.In(fault), StringComparison.Ordinal);
        Assert.Equal(4096, fault.JoinRaw().Length);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_reader_reads_no_further_ahead_than_it_has_to(string name)
    {
        var format = Enum.Parse<InputFormat>(name);
        var stream = new EndlessFile(format, 40_000);
        var (orders, ahead) = (0, 0L);
        var place = new ReadingPlace();
        await foreach (var input in TillFile.Reader(format).Read(stream, new("pos", TillFile.Options()), place, CancellationToken.None))
        {
            Assert.True(input.Order is not null, TillFile.In(input));
            orders++;
            ahead = Math.Max(ahead, stream.Given - place.Position);
        }
        Assert.Equal((40_000, stream.Given), (orders, place.Position));
        // A file of many megabytes, and never more than the window of it in memory.
        Assert.InRange(stream.Given, 8_000_000, 100_000_000);
        Assert.InRange(ahead, 1, 130 * 1024);
    }

    /// <summary>Every input is one thing, and its bytes are those of the file at its place.</summary>
    private static void AssertTrue(List<ReadInput> inputs, byte[] file, string says)
    {
        Assert.True(inputs.TrueForAll(input => (input.Order is null ? 0 : 1) + (input.Skipped is null ? 0 : 1) + (input.Order is null && input.Skipped is null ? 1 : 0) == 1), says);
        Assert.True(inputs.TrueForAll(input => input.Order is null == (input.Faults.Count > 0 || input.Skipped is not null)), says);
        // UTF-16 would be read as UTF-8 and stand elsewhere.
        if (file.Length < 4 || file.AsSpan(0, 4).Contains((byte)0) || file[0] is 0xFE or 0xFF)
            return;
        Assert.True(inputs.TrueForAll(input => file.AsSpan((int)input.Position).StartsWith(input.JoinRaw())), says);
        Assert.True(inputs.TrueForAll(input => file.AsSpan(0, (int)input.Position).Count((byte)'\n') + 1 == input.FirstRow), says);
    }

    private static (byte[] File, IReadOnlyList<(int Begin, int End)> Places) InBytes(InputFormat format)
    {
        var (file, places) = TillOrder.File(format, Four);
        int Bytes(int length) => Encoding.UTF8.GetByteCount(file.AsSpan(0, length));
        return (Encoding.UTF8.GetBytes(file), [.. places.Select(place => (Bytes(place.Begin), Bytes(place.End)))]);
    }
}
