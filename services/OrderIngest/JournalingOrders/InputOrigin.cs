using OrderIngest.ReadingOrders;

namespace OrderIngest.JournalingOrders;

/// <summary>Which way input came.</summary>
/// <param name="Way"><c>POST /orders</c>, <c>POST /orders/batch</c>, <c>import</c> or <c>inbox</c> with the name of the file, <c>erp-orders</c>.</param>
/// <param name="Format">What the bytes are, so that they can be read again: a source of flat files may send JSON over HTTP all the same.</param>
/// <param name="File">Name of the file without its folder; null when it came in none.</param>
internal sealed record InputOrigin(string Way, InputFormat Format, string? File = null);
