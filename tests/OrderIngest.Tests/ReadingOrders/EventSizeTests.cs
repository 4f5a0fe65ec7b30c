using System.Text;
using System.Text.Json;
using Contracts.OrderIngest;
using MessageExamples;
using Microsoft.Extensions.Options;
using OrderIngest.ReadingOrders;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.Tests.ReadingOrders;

public sealed class EventSizeTests
{
    private const int Headers = 65_536;

    [Theory]
    [InlineData(BusTransport.AzureServiceBus, null, 262_144 - Headers)]
    [InlineData(BusTransport.AzureServiceBus, 1_048_576, 1_048_576 - Headers)]
    [InlineData(BusTransport.RabbitMq, null, 16_777_216 - Headers)]
    [InlineData(BusTransport.InMemory, null, int.MaxValue - Headers)]
    public void Most_is_what_the_transport_takes_without_headers(BusTransport transport, int? configured, int most) =>
        Assert.Equal(most, Size(new() { Transport = transport, MaxMessageBytes = configured }).Most);

    [Fact]
    public void Check_an_order_at_the_limit_passes_and_one_byte_more_does_not()
    {
        var order = Order(lines: 500);
        var bytes = Encoding.UTF8.GetByteCount(Body(order));

        Assert.Null(Size(Taking(bytes)).Check(order));
        var fault = Size(Taking(bytes - 1)).Check(order);
        Assert.Equal("$", fault!.At);
        Assert.Contains($"makes an event of {bytes} bytes; {bytes - 1} is the most", fault.Says, StringComparison.Ordinal);
    }

    /// <summary>An order of so few lines is passed without being written: then its longest possible event must be within the limit.</summary>
    [Fact]
    public void Check_what_is_not_measured_fits_whatever_its_texts_are()
    {
        var longest = Order(lines: 30, text: '"');
        var line = longest.Lines[0] with
        {
            Sku = new('"', 100),
            Barcode = new('"', 100),
            Unit = new('"', 100),
            Description = new('"', 500),
            Quantity = decimal.MaxValue,
            UnitPrice = decimal.MaxValue,
            Discount = decimal.MaxValue,
            TaxAmount = decimal.MaxValue,
            TaxRate = decimal.MaxValue,
            Total = decimal.MaxValue,
        };
        longest = longest with
        {
            Source = new('"', 100),
            StoreId = new('"', 100),
            RegisterId = new('"', 100),
            ReceiptNumber = new('"', 100),
            OrderNumber = new('"', 100),
            Customer = new() { LoyaltyCard = new('"', 254), CustomerNumber = new('"', 254), Email = new('"', 254), Phone = new('"', 254) },
            Lines = [.. Enumerable.Range(1, 30).Select(number => line with { Number = number })],
        };

        Assert.Null(Size(new() { Transport = BusTransport.AzureServiceBus }).Check(longest));
        Assert.True(Encoding.UTF8.GetByteCount(Body(longest)) <= 262_144 - Headers);
    }

    [Fact]
    public void An_order_that_is_too_large_is_refused_at_the_door_with_the_reason()
    {
        var faults = new List<Fault>();
        var submitted = Submitted.Order() with { Lines = [.. Enumerable.Range(1, 900).Select(number => Submitted.Order().Lines[0] with { Number = number, Description = new('x', 400) })] };
        using var document = JsonDocument.Parse(Submitted.Json(submitted));

        var order = Submitted.Rules(bus: new() { Transport = BusTransport.AzureServiceBus }).Check(JsonFields.Split(document.RootElement, 5000, faults)!, Submitted.Pos, faults);

        Assert.Null(order);
        Assert.Contains("Bus:MaxMessageBytes", Assert.Single(faults).Says, StringComparison.Ordinal);
    }

    private static EventSize Size(BusOptions bus) => new(Options.Create(bus));

    private static BusOptions Taking(int bytes) => new() { MaxMessageBytes = bytes + Headers };

    private static string Body(Order order) => JsonSerializer.Serialize(new OrderReceived { OrderId = default, Order = order, ReceivedAt = default }, PlainJson.Options);

    private static Order Order(int lines, char text = 'x') =>
        An.Order("1") with { Lines = [.. Enumerable.Range(1, lines).Select(number => An.Order("1").Lines[0] with { Number = number, Description = new(text, 50) })] };
}
