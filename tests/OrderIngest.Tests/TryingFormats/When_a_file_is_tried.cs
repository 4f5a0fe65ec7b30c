using System.Text;
using System.Text.Json;
using OrderIngest.IdentifyingOrders;
using OrderIngest.ReadingOrders;
using OrderIngest.Tests.ReadingOrders;
using OrderIngest.TryingFormats;

namespace OrderIngest.Tests.TryingFormats;

/// <summary>The command an integrator begins with.</summary>
public sealed class When_a_file_is_tried
{
    [Theory]
    [InlineData("poslog", "poslog.xml", 10, 2, 5)]
    [InlineData("shopify", "shopify.ndjson", 7, 2, 5)]
    [InlineData("square", "square.ndjson", 7, 2, 4)]
    [InlineData("lightspeed", "lightspeed.ndjson", 8, 1, 5)]
    public async Task Each_printed_order_can_be_posted_as_it_is(string format, string file, int orders, int rejected, int skipped)
    {
        var (code, output, errors) = await Run(ShippedSample.PathOf(file), "--format", format, "--currency", "sek", "--time-zone", "Europe/Stockholm");
        Assert.Equal((2, $"{orders} orders, {rejected} rejected, {skipped} skipped; times without an offset were read in Europe/Stockholm"), (code, errors));
        var lines = Array.ConvertAll(output.Split('\n'), line => JsonDocument.Parse(line).RootElement);
        Assert.Equal(
            [.. Enumerable.Repeat(true, orders), .. Enumerable.Repeat(false, lines.Length - orders)],
            lines.Select(line => line.TryGetProperty("storeId", out _)));
        Assert.Equal((rejected, skipped), (lines.Count(line => line.TryGetProperty("rejected", out _)), lines.Count(line => line.TryGetProperty("skipped", out _))));

        var posted = output.Split('\n').Take(orders).Select(line => Submitted.Read(Encoding.UTF8.GetBytes(line))).ToList();
        Assert.All(posted, input => Assert.Empty(input.Faults));
        var read = (await TillFile.Read(Enum.Parse<InputFormat>(format, ignoreCase: true), await File.ReadAllBytesAsync(ShippedSample.PathOf(file)))).Where(input => input.Order is not null).Select(input => input.Order!).ToList();
        Assert.Equal(read.Select(order => SaleKey.Of(order)!.OrderId), posted.Select(input => SaleKey.Of(input.Order!)!.OrderId));
        Assert.Equal(read.Select(order => Convert.ToHexString(ContentHash.Of(order))), posted.Select(input => Convert.ToHexString(ContentHash.Of(input.Order!))));
    }

    [Fact]
    public async Task What_is_no_order_is_told_with_its_line_its_place_and_its_reason()
    {
        var (_, output, _) = await Run(ShippedSample.PathOf("poslog.xml"), "--format", "poslog");
        var training = output.Split('\n').Single(line => line.Contains("\"training\"", StringComparison.Ordinal));
        var text = await File.ReadAllTextAsync(ShippedSample.PathOf("poslog.xml"));
        var place = text.IndexOf("<Transaction TrainingModeFlag", StringComparison.Ordinal);
        Assert.Equal($$$"""{"skipped":{"line":{{{text[..place].Count(mark => mark == '\n') + 1}}},"position":{{{place}}},"reason":"training"}}""", training);
        Assert.Contains("\"faults\":[{\"at\":\"LineItem 1, ExtendedAmount\",\"says\":\"must be a number with a decimal point\"}]", output, StringComparison.Ordinal);
        Assert.Contains("\"notes\":[\"voids an earlier receipt: taken as its return\"]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_0_when_nothing_was_rejected()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, new TillOrder(7, false, [("A", 1, 100)]).In(InputFormat.Shopify));
            var (code, output, errors) = await Run(file, "--format", "shopify");
            Assert.Equal((0, "1 orders, 0 rejected, 0 skipped; times without an offset were read in UTC"), (code, errors));
            Assert.DoesNotContain("\"source\"", output, StringComparison.Ordinal);
            Assert.Contains("\"orderNumber\":\"7\"", output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Orders_without_a_currency_are_shown_but_not_to_be_posted()
    {
        var (code, output, errors) = await Run(ShippedSample.PathOf("lightspeed.ndjson"), "--format", "lightspeed");
        Assert.Equal((2, "8 orders, 1 rejected, 5 skipped; times without an offset were read in UTC; 8 without a currency: XXX stands for none, name it with --currency"), (code, errors));
        Assert.All(output.Split('\n').Take(8), line => Assert.Equal("is not a currency code of ISO 4217", Assert.Single(Submitted.Read(Encoding.UTF8.GetBytes(line)).Faults).Says));
    }

    [Theory]
    [InlineData("is not configured", "--source", "nobody")]
    [InlineData("Name either --source, a configured one, or --format.")]
    [InlineData("Name either --source, a configured one, or --format.", "--source", "pos", "--format", "poslog")]
    [InlineData("With --format: TimeZone is not the IANA name", "--format", "poslog", "--time-zone", "Nowhere")]
    [InlineData("With --format: Currency is not a currency code", "--format", "poslog", "--currency", "XXX")]
    public async Task It_ends_with_1_when_it_was_asked_for_something_else(string says, params string[] arguments)
    {
        var (code, output, errors) = await Run(ShippedSample.PathOf("poslog.xml"), arguments);
        Assert.Equal(1, code);
        Assert.Contains(says, output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var (code, _, errors) = await Run("missing.xml", "--format", "poslog");
        Assert.Equal(1, code);
        Assert.Contains("missing.xml", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> Run(string file, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await ReadCommand.Make(output, errors).Parse([file, .. arguments]).InvokeAsync(new() { Output = output, Error = errors });
        return (code, output.ToString().TrimEnd('\n'), errors.ToString().TrimEnd('\n'));
    }
}
