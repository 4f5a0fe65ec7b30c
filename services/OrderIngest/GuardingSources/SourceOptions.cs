using OrderIngest.ReadingOrders;

namespace OrderIngest.GuardingSources;

/// <summary>Section <c>OrderIngest:Sources:&lt;source&gt;</c>: one ERP or POS.</summary>
internal sealed class SourceOptions
{
    /// <summary>SHA-256 of the source's <c>X-Api-Key</c>, in hexadecimal.</summary>
    public string? ApiKeyHash { get; init; }

    /// <summary>What the source's files hold. Default csv.</summary>
    public InputFormat Format { get; init; } = InputFormat.Csv;

    /// <summary>
    /// IANA name of the zone of times sent without an offset, for example <c>Europe/Stockholm</c>. Without it such times are refused.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>Stores whose clocks differ from the source's.</summary>
    public Dictionary<string, StoreOptions> Stores { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong, by key below the source.</summary>
    public IEnumerable<(string Key, string Says)> Faults()
    {
        if (ApiKeyHash is not null && (ApiKeyHash.Length != 64 || !ApiKeyHash.All(char.IsAsciiHexDigit)))
            yield return (nameof(ApiKeyHash), "is not a SHA-256 in hexadecimal (64 digits)");
        if (!Enum.IsDefined(Format))
            yield return (nameof(Format), "is neither json nor csv");
        if (TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return (nameof(TimeZone), "is not the IANA name of a time zone, such as Europe/Stockholm");
        foreach (var (store, options) in Stores)
        {
            if (options.TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
                yield return ($"{nameof(Stores)}:{store}:{nameof(TimeZone)}", "is not the IANA name of a time zone, such as Europe/Stockholm");
        }
    }
}

/// <summary>Section <c>OrderIngest:Sources:&lt;source&gt;:Stores:&lt;id&gt;</c>.</summary>
internal sealed class StoreOptions
{
    /// <summary>IANA name of the store's time zone; absent = the source's.</summary>
    public string? TimeZone { get; init; }
}
