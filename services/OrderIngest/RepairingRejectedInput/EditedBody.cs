using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>What somebody made of rejected input by hand.</summary>
/// <param name="Bytes">In that format, with the header row where the format has one.</param>
/// <param name="Format">The kept input's own, or JSON in the shape of <c>POST /orders</c>.</param>
internal sealed record EditedBody(byte[] Bytes, InputFormat Format);
