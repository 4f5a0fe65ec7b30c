using System.Text;
using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;
using static OrderIngest.Tests.ReadingPosLog.PosLogText;

namespace OrderIngest.Tests.ReadingPosLog;

/// <summary>Documents made to do harm.</summary>
public sealed class PosLogSafetyTests
{
    private const string NotWellFormed = "is not well-formed XML, or refers to an entity";

    [Fact]
    public async Task No_entity_is_expanded_wherever_it_is_declared()
    {
        var laughs = "<!DOCTYPE POSLog [<!ENTITY a0 \"ha\">" + string.Concat(Enumerable.Range(1, 30).Select(i => $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">")) + "]>";
        foreach (var file in new[] { laughs + Sold("&a30;"), Sold("A").Replace("<Transaction>", $"{laughs}<Transaction>", StringComparison.Ordinal).Replace(">A<", ">&a30;<", StringComparison.Ordinal) })
            Assert.EndsWith(NotWellFormed, await TillFile.In(InputFormat.PosLog, file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_outside_of_the_file_is_read()
    {
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, "hidden");
        var declared = $"<!DOCTYPE POSLog [<!ENTITY outside SYSTEM \"file://{secret}\"><!ENTITY % dtd SYSTEM \"http://127.0.0.1:1/x.dtd\">%dtd;]>";
        try
        {
            foreach (var file in new[] { declared + Sold("&outside;"), Sold("&outside;").Replace("<RetailTransaction>", $"{declared}<RetailTransaction>", StringComparison.Ordinal) })
            {
                var input = Assert.Single(await TillFile.Read(InputFormat.PosLog, file));
                Assert.EndsWith(NotWellFormed, TillFile.In(input), StringComparison.Ordinal);
                Assert.DoesNotContain("hidden", TillFile.In(input), StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(secret);
        }
        // A declaration that nobody refers to does no harm.
        Assert.Equal("sale 10 SEK: A 1 x 10 = 10", await TillFile.In(InputFormat.PosLog, declared + Sold("A")));
        Assert.Equal("sale 10 SEK: A&B 1 x 10 = 10", await TillFile.In(InputFormat.PosLog, Sold("A&amp;&#66;")));
    }

    [Fact]
    public async Task Deep_nesting_costs_its_transaction()
    {
        var deep = string.Concat(Enumerable.Repeat("<x>", 100_000)) + string.Concat(Enumerable.Repeat("</x>", 100_000));
        Assert.EndsWith($"{NotWellFormed}\nsale 10 SEK: A 1 x 10 = 10", await TillFile.In(InputFormat.PosLog, Log(Transaction(deep), Transaction(Line(1, Sale("A", 1, 10))))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_lines_are_refused()
    {
        var lines = string.Concat(Enumerable.Range(1, 11).Select(n => Line(n, Sale("A", 1, 10))));
        Assert.Equal("rejected: lines has more than 10 lines", TillFile.In(await TillFile.Read(InputFormat.PosLog, Encoding.UTF8.GetBytes(One(lines)), options: new() { MaxLines = 10 })));
    }

    [Fact]
    public void Invented_names_are_forgotten_again()
    {
        var names = new OrderIngest.ReadingPosLog.XmlNames();
        var first = names.Table;
        for (var n = 0; n < 300; n++)
        {
            var part = OrderIngest.ReadingPosLog.XmlPart.Read($"<x:Transaction>{string.Concat(Enumerable.Range(0, 40).Select(i => $"<x:n{n}_{i}/>"))}</x:Transaction>", names);
            Assert.Equal(("x", "Transaction", $"n{n}_39"), (part.Prefix, part.Name, part.Children[39].Name));
        }
        Assert.NotSame(first, names.Table);
    }

    private static string Sold(string sku) => One(Line(1, Sale(sku, 1, 10)))["<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".Length..];
}
