using OrderIngest.ReadingFlatFiles;
using OrderIngest.ReadingOrders;
using OrderIngest.ReadingPosLog;

namespace OrderIngest.GuardingSources;

/// <summary>Section <c>OrderIngest:Sources:&lt;source&gt;</c>: one ERP or POS.</summary>
internal sealed class SourceOptions
{
    /// <summary>SHA-256 of the source's <c>X-Api-Key</c>, in hexadecimal: a key for all stores and for ever. Several, or with limits: <see cref="ApiKeys"/>.</summary>
    public string? ApiKeyHash { get; init; }

    /// <summary>Further keys, all valid at once, each with a time and stores if wanted.</summary>
    public IList<SourceKeyOptions> ApiKeys { get; } = [];

    /// <summary>Requests the source must sign, besides sending its key.</summary>
    public SignatureOptions Signature { get; init; } = new();

    /// <summary>Requests a second that each of the source's keys may send for long. Default 1,000; 0 = any number.</summary>
    public int RequestsPerSecond { get; init; } = 1000;

    /// <summary>Requests that each key may send at once after a quiet time. Default 0 = twice <see cref="RequestsPerSecond"/>.</summary>
    public int RequestBurst { get; init; }

    /// <summary>Batches that each key may have under way at a time. Default 4.</summary>
    public int ConcurrentBatches { get; init; } = 4;

    /// <summary>What the source's files hold. Default csv.</summary>
    public InputFormat Format { get; init; } = InputFormat.Csv;

    /// <summary>
    /// IANA name of the zone of times sent without an offset, for example <c>Europe/Stockholm</c>. Without it such times are refused.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// Name of the encoding of the source's files, for example <c>windows-1252</c> or <c>shift_jis</c>. Default: what a file declares, else UTF-8; tills often
    /// declare the wrong one.
    /// </summary>
    public string? Encoding { get; init; }

    /// <summary>
    /// Flat files: for each of our fields (<c>storeId</c>, <c>line.sku</c>; see docs/formats/csv.md) the file's column by name, by position (<c>#3</c>), or a text for
    /// all rows (<c>=0012</c>). Fields that are not here are looked for under our own column names.
    /// </summary>
    public Dictionary<string, string> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Flat files: <c>,</c> <c>;</c> <c>|</c> or <c>tab</c>. Default: as the header row tells; a comma without one.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Flat files: <c>.</c> (default) or <c>,</c>.</summary>
    public string? DecimalSign { get; init; }

    /// <summary>Flat files: <c>.</c> <c>,</c> <c>'</c> or a blank. Default none: then a number with one is refused.</summary>
    public string? ThousandsSeparator { get; init; }

    /// <summary>Flat files: .NET format of dates, for example <c>dd.MM.yyyy</c>. Default: ISO 8601.</summary>
    public string? DateFormat { get; init; }

    /// <summary>Flat files: .NET format of times of the day, or of dates with times where both are in one column; <c>seconds</c> = since midnight. Default: ISO 8601.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>Flat files: time of the day until which a receipt belongs to the business date before, where only one of them is stated. Default 00:00; up to 12:00.</summary>
    public TimeSpan? DayEndsAt { get; init; }

    /// <summary>Flat files: whether sold goods are negative. Default AsWritten; Reversed for d365.</summary>
    public AmountSign? AmountSign { get; init; }

    /// <summary>Flat files: for each word of the kind's column sale, return or skip.</summary>
    public Dictionary<string, string> Kinds { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Flat files: for words other than true, 1, yes, y and their opposites whether they mean true or false.</summary>
    public Dictionary<string, string> Flags { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Flat files: which rows make an order.</summary>
    public RowsOptions Rows { get; init; } = new();

    /// <summary>ISO 4217 code for orders that do not state their currency. Without it such orders are refused.</summary>
    public string? Currency { get; init; }

    /// <summary>Store of orders that do not name theirs. Without it such orders are refused.</summary>
    public string? Store { get; init; }

    /// <summary>Loyalty cards and customer numbers that stand for nobody: a till's constant. Whatever the case. <c>WALKIN</c> and <c>null</c> always do.</summary>
    public List<string> IgnoredCustomers { get; } = [];

    /// <summary>
    /// Folder into which the source puts its files; relative ones are below the service's content root. It must exist, and be this source's alone. Default: none.
    /// </summary>
    public string? Inbox { get; init; }

    /// <summary>Stores whose clocks differ from the source's.</summary>
    public Dictionary<string, StoreOptions> Stores { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether any key names the source.</summary>
    public bool HasKey => ApiKeyHash is not null || ApiKeys.Count > 0;

    /// <summary>All its keys, with the setting each stands in, below the source.</summary>
    public IEnumerable<(string Setting, SourceKeyOptions Options)> Keys() =>
        (ApiKeyHash is null ? [] : new[] { (nameof(ApiKeyHash), new SourceKeyOptions { Hash = ApiKeyHash }) })
        .Concat(ApiKeys.Select((key, n) => ($"{nameof(ApiKeys)}:{n}:{nameof(SourceKeyOptions.Hash)}", key)));

    /// <summary>What is wrong, by key below the source.</summary>
    public IEnumerable<(string Key, string Says)> Faults()
    {
        if (ApiKeyHash is not null && !SourceKeyOptions.IsHash(ApiKeyHash))
            yield return (nameof(ApiKeyHash), "is not a SHA-256 in hexadecimal (64 digits)");
        for (var n = 0; n < ApiKeys.Count; n++)
        {
            foreach (var (key, says) in ApiKeys[n].Faults())
                yield return ($"{nameof(ApiKeys)}:{n}:{key}", says);
        }
        foreach (var fault in Signature.Faults())
            yield return fault;
        if (Signature.Secrets.Count > 0 && !HasKey)
            yield return (nameof(Signature), $"needs a key besides ({nameof(ApiKeyHash)} or {nameof(ApiKeys)}): the key tells whose signature it is");
        if (RequestsPerSecond is < 0 or > 1_000_000)
            yield return (nameof(RequestsPerSecond), "is not between 0 and 1,000,000");
        if (RequestBurst is < 0 or > 10_000_000)
            yield return (nameof(RequestBurst), "is not between 0 and 10,000,000");
        if (ConcurrentBatches is < 1 or > 1000)
            yield return (nameof(ConcurrentBatches), "is not between 1 and 1,000");
        if (!Enum.IsDefined(Format))
            yield return (nameof(Format), "is none of json, csv, poslog, shopify, square, lightspeed, d365");
        if (TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return (nameof(TimeZone), "is not the IANA name of a time zone, such as Europe/Stockholm");
        if (Encoding is not null && !TransactionText.IsKnown(Encoding))
            yield return (nameof(Encoding), "is not the name of an encoding, such as windows-1252");
        if (Currency is not null && !Currencies.Has(Currency.ToUpperInvariant()))
            yield return (nameof(Currency), "is not a currency code of ISO 4217");
        if (Store is not null && (Store.Length > Lengths.Key || string.IsNullOrWhiteSpace(Store)))
            yield return (nameof(Store), $"is blank or longer than {Lengths.Key} characters");
        foreach (var fault in FlatSettings.Faults(this))
            yield return fault;
        if (Inbox is not null && (string.IsNullOrWhiteSpace(Inbox) || Inbox.IndexOfAny(Path.GetInvalidPathChars()) >= 0))
            yield return (nameof(Inbox), "is not the path of a folder");
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
