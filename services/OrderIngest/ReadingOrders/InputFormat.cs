namespace OrderIngest.ReadingOrders;

/// <summary>What a file or a batch holds.</summary>
internal enum InputFormat
{
    /// <summary>One order per line, each a JSON object (NDJSON).</summary>
    Json = 0,

    /// <summary>One row per line item, order columns repeated, consecutive rows of one key make one order.</summary>
    Csv = 1,
}
