using System.Text.Json;
using Contracts.OrderIngest;
using Microsoft.Extensions.Options;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// An order whose event is larger than the broker takes is refused at the door, where somebody learns of it: once accepted it could never be published, or would
/// be stuck between two services.
/// </summary>
internal sealed class EventSize(IOptions<BusOptions> options)
{
    // Names, marks and numbers of a line, and its texts at their longest, each character escaped. The rest of an order is less than two lines.
    private const int LargestLine = 1024 + 6 * (3 * Lengths.Key + Lengths.Text);

    /// <summary>Largest event in bytes.</summary>
    public int Most => options.Value.LargestEvent;

    /// <summary>The fault of an order whose event is too large; null for all others. Most orders have so few lines that nothing has to be written to know it.</summary>
    public Fault? Check(Order order)
    {
        if ((order.Lines.Count + 2L) * LargestLine <= Most)
            return null;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new OrderReceived { OrderId = default, Order = order, ReceivedAt = default }, PlainJson.Options).Length;
        return bytes <= Most ? null : new("$", $"makes an event of {bytes} bytes; {Most} is the most that reaches every subscriber (Bus:MaxMessageBytes less 65536 for headers)");
    }
}
