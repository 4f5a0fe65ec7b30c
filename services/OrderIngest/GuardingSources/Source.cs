using OrderIngest.ReadingD365;
using OrderIngest.ReadingFlatFiles;
using OrderIngest.ReadingOrders;

namespace OrderIngest.GuardingSources;

/// <summary>A configured ERP or POS, ready for use.</summary>
internal sealed class Source
{
    private readonly TimeZoneInfo? _zone;
    private readonly Dictionary<string, TimeZoneInfo> _zonesOfStores;
    private readonly HashSet<string> _ignoredCustomers;
    private readonly SourceOptions _options;

    public Source(string name, SourceOptions options)
        : this(name, options, options.Format)
    {
    }

    private Source(string name, SourceOptions options, InputFormat format, FileEdge? edge = null, string? encoding = null, string? currency = null)
    {
        (Name, _options, Format, Encoding, Currency) = (name, options, format, encoding ?? options.Encoding, currency ?? options.Currency);
        EdgeOfKept = edge;
        (Store, _ignoredCustomers) = (options.Store, options.IgnoredCustomers.Append("WALKIN").Append("null").ToHashSet(StringComparer.OrdinalIgnoreCase));
        Rows = options.Rows;
        Flat = format switch
        {
            InputFormat.D365 => new(options, D365Reader.Preset, encoding),
            InputFormat.Csv when FlatLayout.IsConfigured(options) => new(options, FlatPreset.Own, encoding),
            _ => null,
        };
        Inbox = options.Inbox;
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

    /// <summary>The same source, its orders in this currency where they state none, whatever the list of currencies says: for a trial.</summary>
    public Source CountingIn(string currency) => new(Name, _options, Format, EdgeOfKept, Encoding, currency);

    /// <summary>Store of orders that do not name theirs, or null.</summary>
    public string? Store { get; }

    /// <summary>The id, or null when it stands for no customer: the source's tills write it whoever buys.</summary>
    public string? Somebody(string? id) => id is null || _ignoredCustomers.Contains(id) ? null : id;

    /// <summary>How its flat files are written; null where they are our own as they are.</summary>
    public FlatLayout? Flat { get; }

    /// <summary>What its flat files must keep to.</summary>
    public RowsOptions Rows { get; }

    /// <summary>The same source, as if its files were of this format: for a body that says what it is, and for input that was kept before the format was configured.</summary>
    public Source As(InputFormat format) => format == Format ? this : new(Name, _options, format);

    /// <summary>
    /// The same source, for one input that was kept: it is no file, so its own end tells nothing and no last row is missing. What stood beside it in its file does.
    /// </summary>
    /// <param name="format">What the input is.</param>
    /// <param name="edge">What stood beside it; nothing, where a person has looked at it since.</param>
    /// <param name="encoding">What its bytes are in where that is certain; null = as configured.</param>
    public Source ForKept(InputFormat format, FileEdge edge, string? encoding) => new(Name, _options, format, edge, encoding);

    /// <summary>The same source, for bytes that are UTF-8 whatever is configured: they say so themselves.</summary>
    public Source InUtf8() => Encoding is null || FlatLayout.IsUtf8(Encoding) ? this : new(Name, _options, Format, EdgeOfKept, "utf-8");

    /// <summary>What stood beside an input that is read again; null for a file.</summary>
    public FileEdge? EdgeOfKept { get; }

    /// <summary>Folder its files come in, as configured, or null.</summary>
    public string? Inbox { get; }

    /// <summary>The zone of times without an offset, or null when there is none to go by.</summary>
    public TimeZoneInfo? ZoneOf(string? store) => store is not null && _zonesOfStores.TryGetValue(store, out var zone) ? zone : _zone;
}
