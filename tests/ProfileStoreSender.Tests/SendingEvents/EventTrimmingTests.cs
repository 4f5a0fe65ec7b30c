using System.Text;
using System.Text.Json;
using Contracts.OrderIngest;
using FsCheck;
using FsCheck.Fluent;
using MessageExamples;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.SendingToOdp;
using ProfileStoreSender.TrackingInProfileStore;

namespace ProfileStoreSender.Tests.SendingEvents;

/// <summary>The rule for events that are too large, at both destinations that use it.</summary>
public sealed class EventTrimmingTests
{
    private static readonly Guid Id = new("0c6f6b57-94a3-5a51-8f9c-3f8a3c1f7b10");

    private static readonly Dictionary<string, Func<Order, int, BuiltEvent>> Builders = new()
    {
        ["profile-store"] = (order, largest) => new TrackingEventBuilder(new()).Build(Id, order, An.Customer(), largest),
        ["odp"] = (order, largest) => new OdpEventBuilder(new() { OrderFields = new Dictionary<string, OdpOrderValue> { ["lines_omitted"] = OdpOrderValue.LinesOmitted } })
            .Build(new(Id, order, An.Customer(), TryRefusedAgain: false), largest),
    };

    // Letters of one to four bytes: what counts are bytes.
    private static readonly Gen<string> Text = Gen.Elements("a", "ü", "€", "\U0001F457", "\"", "\n").ListOf().Select(string.Concat);

    private static readonly Gen<Order> Orders =
        from lines in (
            from sku in Text
            from description in Text
            from barcode in Gen.Elements("4006381333931", null!)
            select new OrderLine { Number = 1, Sku = $"s{sku}", Description = description, Barcode = barcode, Quantity = 1, UnitPrice = 1.5m, Total = 1.5m }).NonEmptyListOf()
        from times in Gen.Elements(1, 3, 40)
        select An.Order() with { Lines = [.. Enumerable.Repeat(lines, times).SelectMany(some => some)] };

    private static readonly Gen<(Order Order, double Share)> Cases =
        from order in Orders
        from share in Gen.Choose(0, 1_100)
        select (order, share / 1_000.0);

    public static TheoryData<string> Destinations => [.. Builders.Keys];

    [Theory, MemberData(nameof(Destinations))]
    public void It_fits_and_shows_as_many_lines_as_do(string destination) => Prop.ForAll(Arb.From(Cases), given =>
    {
        var (order, share) = given;
        var (whole, smallest) = (Builders[destination](order, int.MaxValue), Builders[destination](order, 1));
        var largest = smallest.Body.Length + (int)((whole.Body.Length - smallest.Body.Length) * share);

        var built = Builders[destination](order, largest);

        var (shown, omitted) = Lines(built);
        var fits = built.Body.Length <= largest;
        var keepsWhatFits = whole.Body.Length > largest || built.Trimmed is null && built.Body.AsSpan().SequenceEqual(whole.Body);
        var countsLines = shown + omitted == order.Lines.Count && shown >= 1;
        // One more line would be too much: without its details, and with the marks and longer sums that the rest of the order brings.
        var isTight = omitted == 0 || Builders[destination](order with { Lines = [.. order.Lines.Take(shown + 1).Select(Plain)] }, int.MaxValue).Body.Length + 64 > largest;
        return (fits && keepsWhatFits && countsLines && isTight && built.TrackId == whole.TrackId)
            .Label($"{destination}: {built.Body.Length} of {largest} (whole {whole.Body.Length}), {shown} + {omitted} of {order.Lines.Count}");
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Destinations))]
    public void It_is_the_same_each_time(string destination) => Prop.ForAll(Arb.From(Orders), order =>
    {
        var largest = Builders[destination](order, int.MaxValue).Body.Length * 2 / 3;
        var (first, second) = (Builders[destination](order, largest), Builders[destination](order, largest));
        return first.Body.AsSpan().SequenceEqual(second.Body) && first.Trimmed == second.Trimmed;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Descriptions_and_barcodes_go_first_and_amounts_stay()
    {
        var order = An.Order() with { Lines = [.. Enumerable.Range(1, 20).Select(number => An.Order().Lines[number % 2] with { Number = number, Description = new string('d', 50) })] };
        var whole = Json(Builders["profile-store"](order, int.MaxValue));
        var largest = Encoding.UTF8.GetByteCount(whole.GetRawText()) - 100;

        var trimmed = Json(Builders["profile-store"](order, largest));

        var (wholeOrder, trimmedOrder) = (whole.GetProperty("payload").GetProperty("order"), trimmed.GetProperty("payload").GetProperty("order"));
        Assert.False(wholeOrder.TryGetProperty("trimmed", out _));
        Assert.True(trimmedOrder.GetProperty("trimmed").GetBoolean());
        Assert.False(trimmedOrder.TryGetProperty("linesOmitted", out _));
        Assert.Equal(20, trimmedOrder.GetProperty("items").GetArrayLength());
        Assert.All(trimmedOrder.GetProperty("items").EnumerateArray(), item => Assert.False(item.TryGetProperty("description", out _) || item.TryGetProperty("barcode", out _)));
        foreach (var name in new[] { "total", "subtotal", "tax", "discount" })
            Assert.Equal(wholeOrder.GetProperty(name).GetDecimal(), trimmedOrder.GetProperty(name).GetDecimal());
        Assert.Equal(whole.GetProperty("value").GetString(), trimmed.GetProperty("value").GetString());
    }

    [Fact]
    public void Of_a_hundred_thousand_lines_few_events_are_built()
    {
        var order = An.Order() with { Lines = [.. Enumerable.Repeat(An.Order().Lines[0], 100_000)] };
        var built = 0;

        var fitted = EventTrimming.Fit("t", order, 256 * 1024, shown =>
        {
            built++;
            return new byte[200 + 90 * shown.Of(order).Count()];
        });

        Assert.InRange(built, 4, 20);
        Assert.Equal(200 + 90 * ((256 * 1024 - 200) / 90), fitted.Body.Length);
    }

    private static OrderLine Plain(OrderLine line) => line with { Barcode = null, Description = null };

    private static (int Shown, int Omitted) Lines(BuiltEvent built)
    {
        var json = Json(built);
        var order = json.TryGetProperty("payload", out var payload) ? payload.GetProperty("order") : json.GetProperty("data").GetProperty("order");
        return (order.GetProperty("items").GetArrayLength(), order.TryGetProperty("linesOmitted", out var number) ? number.GetInt32()
            : order.TryGetProperty("lines_omitted", out var text) ? int.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : 0);
    }

    private static JsonElement Json(BuiltEvent built)
    {
        using var json = JsonDocument.Parse(built.Body);
        return json.RootElement.Clone();
    }
}
