using OrderIngest.ReadingOrders;

namespace OrderIngest.GuardingSources;

/// <summary>A configured ERP or POS, ready for use.</summary>
internal sealed class Source
{
    private readonly TimeZoneInfo? _zone;
    private readonly Dictionary<string, TimeZoneInfo> _zonesOfStores;

    public Source(string name, SourceOptions options)
    {
        (Name, Format, Encoding, Currency) = (name, options.Format, options.Encoding, options.Currency);
        (Secrets, SignatureWindow) = (options.Signature.Bytes(), options.Signature.Window);
        (RequestsPerSecond, ConcurrentBatches) = (options.RequestsPerSecond, options.ConcurrentBatches);
        RequestBurst = options.RequestBurst > 0 ? options.RequestBurst : options.RequestsPerSecond * 2;
        _zone = options.TimeZone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : null;
        _zonesOfStores = options.Stores.Where(store => store.Value.TimeZone is not null)
            .ToDictionary(store => store.Key, store => TimeZoneInfo.FindSystemTimeZoneById(store.Value.TimeZone!), StringComparer.Ordinal);
    }

    /// <summary>As configured, whatever case a request wrote it in: the name is part of an order's identity.</summary>
    public string Name { get; }

    /// <summary>What the source's files hold.</summary>
    public InputFormat Format { get; }

    /// <summary>What it signs its requests with; empty when it does not sign.</summary>
    public IReadOnlyList<byte[]> Secrets { get; }

    /// <summary>How far the time of a signed request may be from ours.</summary>
    public TimeSpan SignatureWindow { get; }

    /// <summary>For each of its keys; 0 = any number.</summary>
    public int RequestsPerSecond { get; }

    /// <summary>For each of its keys, after a quiet time.</summary>
    public int RequestBurst { get; }

    /// <summary>For each of its keys.</summary>
    public int ConcurrentBatches { get; }

    /// <summary>Encoding of its files where it is configured, or null.</summary>
    public string? Encoding { get; }

    /// <summary>Currency of orders that do not state one, or null.</summary>
    public string? Currency { get; }

    /// <summary>The zone of times without an offset, or null when there is none to go by.</summary>
    public TimeZoneInfo? ZoneOf(string? store) => store is not null && _zonesOfStores.TryGetValue(store, out var zone) ? zone : _zone;
}
