namespace OrderIngest.ReadingOrders;

/// <summary>What a file or a batch holds.</summary>
internal enum InputFormat
{
    /// <summary>One order per line, each a JSON object (NDJSON).</summary>
    Json = 0,

    /// <summary>One row per line item, order columns repeated, consecutive rows of one key make one order.</summary>
    Csv = 1,

    /// <summary>POSLog (ARTS/NRF XML), versions 1 to 6.</summary>
    PosLog = 2,

    /// <summary>Orders and refunds of Shopify's Admin API and webhooks.</summary>
    Shopify = 3,

    /// <summary>Square's orders.</summary>
    Square = 4,

    /// <summary>Lightspeed X (Vend) sales.</summary>
    Lightspeed = 5,

    /// <summary>Retail transactions and sales lines of Dynamics 365 Commerce, as CSV.</summary>
    D365 = 6,
}
