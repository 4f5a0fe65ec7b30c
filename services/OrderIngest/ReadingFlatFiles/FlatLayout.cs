using System.Collections.Frozen;
using System.Text;
using OrderIngest.GuardingSources;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>How a source writes its flat files: made once from its settings, and never changed.</summary>
internal sealed class FlatLayout
{
    /// <summary>Signs that stand between fields. Which one is told by the header row where it is not configured.</summary>
    public static readonly FrozenDictionary<string, byte> Delimiters =
        new Dictionary<string, byte> { [","] = (byte)',', [";"] = (byte)';', ["|"] = (byte)'|', ["\t"] = (byte)'\t', ["tab"] = (byte)'\t', ["\\t"] = (byte)'\t' }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyList<ColumnSource>[] _sources;

    static FlatLayout() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Puts what the source configured before what its format has by itself.</summary>
    /// <param name="options">The source's settings, valid.</param>
    /// <param name="preset">Names and words of the format.</param>
    /// <param name="encoding">Takes the place of the configured one.</param>
    public FlatLayout(SourceOptions options, FlatPreset preset, string? encoding = null)
    {
        _sources = [.. FlatFields.All.Select(field => (IReadOnlyList<ColumnSource>)[.. preset.Columns(field).Select(ColumnSource.MayBe)])];
        foreach (var (key, value) in options.Columns)
        {
            if (FlatFields.Find(key) is { } field && ColumnSource.Parse(value) is { } source)
                _sources[(int)field] = [source];
        }
        Rows = options.Rows;
        Delimiter = options.Delimiter is { } delimiter ? Delimiters[delimiter] : null;
        AmountSign = options.AmountSign ?? preset.AmountSign;
        Numbers = new(options.DecimalSign is [var sign] ? sign : '.', options.ThousandsSeparator is [var separator] ? separator : null);
        Times = new(options.DateFormat, options.TimeFormat ?? preset.TimeFormat, options.DayEndsAt ?? TimeSpan.Zero, preset.EmptyDate);
        Words = new(preset.Kinds, options.Kinds, preset.Flags, options.Flags);
        (Statuses, KindReasons) = (preset.Statuses, preset.KindReasons);
        OneFile = preset.ColumnsOfOneFile is { } columns ? new(options, preset with { Columns = columns, ColumnsOfOneFile = null }, encoding) : null;
        OrderId = Ids(options.Rows.OrderId) ?? preset.OrderId;
        LineOrderId = Ids(options.Rows.LineOrderId) ?? preset.OrderId;
        Ignored = (options.Rows.Ignored ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        TypeColumn = ColumnSource.Parse(options.Rows.TypeColumn);
        var name = encoding ?? options.Encoding;
        TurnedFrom = encoding is null || options.Encoding is null ? null : System.Text.Encoding.GetEncoding(options.Encoding).WebName;
        if (name is null || IsUtf8(name))
            return;
        var strict = System.Text.Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        // Where a byte below 128 may be half a character, fields cannot be cut before they are decoded.
        if (strict.IsSingleByte)
            Encoding = strict;
        else
            Wide = System.Text.Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));
    }

    public RowsOptions Rows { get; }

    /// <summary>Null where the header row tells it.</summary>
    public byte? Delimiter { get; }

    /// <summary>Strict, one byte a character; null = UTF-8.</summary>
    public Encoding? Encoding { get; }

    /// <summary>An encoding in which the whole file is turned into UTF-8 first, or null.</summary>
    public Encoding? Wide { get; }

    /// <summary>The configured encoding, where the bytes were turned from it into UTF-8 before this layout was asked; else null.</summary>
    public string? TurnedFrom { get; }

    /// <summary>Whether bytes that were no characters may have become the replacement character on the way.</summary>
    public bool MayHoldReplaced => Wide is not null || TurnedFrom is not null;

    public AmountSign AmountSign { get; }

    public FlatNumbers Numbers { get; }

    public FlatTimes Times { get; }

    public FlatWords Words { get; }

    /// <summary>What a status column says of transactions that are no orders; empty = any status is one.</summary>
    public FrozenDictionary<string, string?> Statuses { get; }

    /// <summary>For kinds that are skipped, why; empty = the word itself says it.</summary>
    public FrozenDictionary<string, string> KindReasons { get; }

    /// <summary>Columns that name an order in the file of orders, each with the names it may have; empty where all is in one file.</summary>
    public IReadOnlyList<IReadOnlyList<ColumnSource>> OrderId { get; }

    /// <summary>The same in the file of lines.</summary>
    public IReadOnlyList<IReadOnlyList<ColumnSource>> LineOrderId { get; }

    /// <summary>Whether orders and lines may be two files.</summary>
    public bool IsTwoFiles => LineOrderId.Count > 0;

    /// <summary>The layout of one file with everything in it, where that will do as well; null where it will not.</summary>
    public FlatLayout? OneFile { get; }

    /// <summary>The column that tells order rows from line rows, or null.</summary>
    public ColumnSource? TypeColumn { get; }

    public FrozenSet<string> Ignored { get; }

    /// <summary>Where a field may come from, the best first; empty = nowhere.</summary>
    public IReadOnlyList<ColumnSource> Sources(FlatField field) => _sources[(int)field];

    /// <summary>False for a source whose files are our own flat file as it is: the reader that knows nothing else is faster.</summary>
    public static bool IsConfigured(SourceOptions options) =>
        options.Columns.Count + options.Kinds.Count + options.Flags.Count > 0
        || (options.Delimiter ?? options.DecimalSign ?? options.ThousandsSeparator ?? options.DateFormat ?? options.TimeFormat) is not null
        || options.AmountSign is not null || options.DayEndsAt is not null || options.Encoding is not null && !IsUtf8(options.Encoding)
        || options.Rows.HeaderRows != 1 || (options.Rows.TypeColumn ?? options.Rows.OrderId ?? options.Rows.LineOrderId) is not null;

    /// <summary>True for the names of the default encoding.</summary>
    public static bool IsUtf8(string encoding) => encoding.Trim().Replace("-", "", StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<IReadOnlyList<ColumnSource>>? Ids(string? columns) => string.IsNullOrWhiteSpace(columns)
        ? null
        : [.. columns.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => (IReadOnlyList<ColumnSource>)[ColumnSource.Parse(name)!])];
}
