using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingFlatFiles;

public sealed class FlatFilePropertyTests
{
    private const int Mutations = 6000;

    private static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    private static Gen<(WrittenLayout Layout, IReadOnlyList<WrittenOrder> Orders)> Files => from layout in WrittenLayout.Any from orders in WrittenOrder.Several select (layout, orders);

    [Fact]
    public void Any_orders_in_any_layout_read_back_the_same() => Prop.ForAll(Files.ToArbitrary(), file =>
    {
        var inputs = FlatSource.Read(FlatSource.Of(file.Layout.Settings), file.Layout.Write(file.Orders)).GetAwaiter().GetResult();
        Assert.Equal(file.Orders.Count, inputs.Count);
        foreach (var (order, input) in file.Orders.Zip(inputs))
            order.AssertIs(input, Stockholm);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Any_cut_leaves_whole_orders_and_told_faults() => Prop.ForAll(
        (from file in Files from place in Gen.Choose(0, int.MaxValue) select (file, place)).ToArbitrary(),
        given =>
        {
            var bytes = given.file.Layout.Write(given.file.Orders);
            AssertWhole(given.file.Layout, given.file.Orders, bytes[..(given.place % bytes.Length)], isCut: true);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    [Fact]
    public void Any_damaged_byte_leaves_whole_orders_and_told_faults() => Prop.ForAll(
        (from file in Files
         from place in Gen.Choose(0, int.MaxValue)
         from value in Gen.Elements(0xFF, 0, '"', '\n', ';', ',')
         select (file, place, value: (byte)value)).ToArbitrary(),
        given =>
        {
            var bytes = given.file.Layout.Write(given.file.Orders);
            var header = bytes.AsSpan().IndexOf((byte)'\n') + 2;
            bytes[header + given.place % (bytes.Length - header)] = given.value;
            AssertWhole(given.file.Layout, given.file.Orders, bytes, isCut: false);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    /// <summary>Bytes, rows and pieces are changed, doubled, exchanged and taken out at random: whatever comes of it, nothing is thrown and no byte of a row is lost.</summary>
    [Fact]
    public async Task Reading_survives_any_mutation()
    {
        const int Seed = 20261120;
        var random = new Random(Seed);
        var samples = Files.Sample(50, new Rnd(Seed), 40).Select(file => (Source: FlatSource.Of(file.Layout.Settings), Bytes: file.Layout.Write(file.Orders))).ToList();
        for (var round = 0; round < Mutations; round++)
        {
            var (source, sample) = samples[round % samples.Count];
            var bytes = sample.ToList();
            for (var i = random.Next(1, 5); i > 0 && bytes.Count > 4; i--)
                Mutate(bytes, random);
            try
            {
                var inputs = await FlatSource.Read(source, [.. bytes]);
                Assert.All(inputs, input => Assert.Equal(1, (input.Order is null ? 0 : 1) + (input.Skipped is null ? 0 : 1) + (input.Faults.Count > 0 ? 1 : 0)));
            }
            catch (UnreadableHeaderException)
            {
                // Said, and nothing taken.
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {Seed}, round {round}: {exception}");
            }
        }
    }

    private static void Mutate(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(5))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 3:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                break;
            default:
                var other = random.Next(bytes.Count);
                (bytes[at], bytes[other]) = (bytes[other], bytes[at]);
                break;
        }
    }

    private static readonly string[] Tokens = ["\"", "\"\"", "\r\n", "\n\n", ";", ",", "|", "\t", "-", "1e308", "99999999999999999999999999999", "0000-00-00", "\uFEFF", "sep=;\n", "\u0000"];

    /// <summary>
    /// No order of which a line is missing, none that was never there. What a damaged byte changes inside of a text or a number nobody can know; the key and how
    /// many lines there are must be right.
    /// </summary>
    private static void AssertWhole(WrittenLayout layout, IReadOnlyList<WrittenOrder> orders, byte[] bytes, bool isCut)
    {
        List<ReadInput> inputs;
        try
        {
            inputs = FlatSource.Read(FlatSource.Of(layout.Settings), bytes).GetAwaiter().GetResult();
        }
        catch (UnreadableHeaderException)
        {
            return;
        }
        var read = inputs.Where(input => input.Order is not null).ToList();
        foreach (var input in read)
        {
            var written = orders.SingleOrDefault(order => order.Receipt == input.Order!.ReceiptNumber);
            if (written is null && !isCut)
                continue;
            Assert.NotNull(written);
            Assert.Equal(written.Lines.Count, input.Order!.Lines.Count);
        }
        Assert.All(inputs, input => Assert.NotEqual(input.Order is null, input.Faults.Count == 0));
        if (!isCut)
            return;
        // Every order before the cut is there: at most one, the last that anything is known of, is not.
        var known = inputs.Where(input => input.Faults.Count > 0).ToList();
        Assert.True(known.Count <= 2, string.Join(", ", FlatSource.Told(inputs)));
        Assert.Equal(orders.Take(read.Count).Select(order => order.Receipt), read.Select(input => input.Order!.ReceiptNumber));
    }
}
