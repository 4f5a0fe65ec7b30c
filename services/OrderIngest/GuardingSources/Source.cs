using OrderIngest.ReadingOrders;

namespace OrderIngest.GuardingSources;

/// <summary>A configured ERP or POS, ready for use.</summary>
internal sealed class Source
{
    private readonly TimeZoneInfo? _zone;
    private readonly Dictionary<string, TimeZoneInfo> _zonesOfStores;

    public Source(string name, SourceOptions options)
    {
        (Name, Format, KeyHash, Encoding, Currency) = (name, options.Format, options.ApiKeyHash, options.Encoding, options.Currency);
        Inbox = options.Inbox;
        _zone = options.TimeZone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : null;
        _zonesOfStores = options.Stores.Where(store => store.Value.TimeZone is not null)
            .ToDictionary(store => store.Key, store => TimeZoneInfo.FindSystemTimeZoneById(store.Value.TimeZone!), StringComparer.Ordinal);
    }

    /// <summary>As configured, whatever case a request wrote it in: the name is part of an order's identity.</summary>
    public string Name { get; }

    /// <summary>What the source's files hold.</summary>
    public InputFormat Format { get; }

    /// <summary>SHA-256 of its key, or null.</summary>
    public string? KeyHash { get; }

    /// <summary>Encoding of its files where it is configured, or null.</summary>
    public string? Encoding { get; }

    /// <summary>Currency of orders that do not state one, or null.</summary>
    public string? Currency { get; }

    /// <summary>Folder its files come in, as configured, or null.</summary>
    public string? Inbox { get; }

    /// <summary>The zone of times without an offset, or null when there is none to go by.</summary>
    public TimeZoneInfo? ZoneOf(string? store) => store is not null && _zonesOfStores.TryGetValue(store, out var zone) ? zone : _zone;
}
