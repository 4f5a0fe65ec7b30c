namespace OrderIngest.ReadingFlatFiles;

/// <summary>The words of a source for kinds of transactions, and for yes and no.</summary>
internal sealed class FlatWords
{
    private static readonly string[] Yes = ["true", "1", "yes", "y"], No = ["false", "0", "no", "n"];

    private readonly Dictionary<string, FlatKind> _kinds = new(StringComparer.OrdinalIgnoreCase) { ["sale"] = FlatKind.Sale, ["return"] = FlatKind.Return };
    private readonly Dictionary<string, bool> _flags = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Configured words stand before the ones known anyway.</summary>
    /// <param name="known">Words that the format has; may be empty.</param>
    /// <param name="kinds">Setting <c>Kinds</c>: word, and sale, return or skip.</param>
    /// <param name="knownFlags">Words for yes and no that the format has.</param>
    /// <param name="flags">Setting <c>Flags</c>: word, and true or false.</param>
    public FlatWords(IReadOnlyDictionary<string, FlatKind> known, IReadOnlyDictionary<string, string> kinds, IReadOnlyDictionary<string, bool> knownFlags, IReadOnlyDictionary<string, string> flags)
    {
        foreach (var (word, kind) in known)
            _kinds[word] = kind;
        foreach (var (word, kind) in kinds)
            _kinds[word.Trim()] = KindOf(kind) ?? FlatKind.Sale;
        foreach (var word in Yes)
            _flags[word] = true;
        foreach (var word in No)
            _flags[word] = false;
        foreach (var (word, flag) in knownFlags)
            _flags[word] = flag;
        foreach (var (word, flag) in flags)
            _flags[word.Trim()] = bool.TryParse(flag, out var yes) && yes;
    }

    /// <summary>The kind that a configured value names, or null.</summary>
    public static FlatKind? KindOf(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "SALE" => FlatKind.Sale,
        "RETURN" => FlatKind.Return,
        "SKIP" => FlatKind.Skip,
        _ => null,
    };

    public bool TryKind(string word, out FlatKind kind) => _kinds.TryGetValue(word, out kind);

    public bool TryFlag(string word, out bool flag) => _flags.TryGetValue(word, out flag);
}

/// <summary>What a transaction is by its column.</summary>
internal enum FlatKind
{
    /// <summary>A sale, or by its signs a return or both.</summary>
    Sale,

    /// <summary>A return.</summary>
    Return,

    /// <summary>No order at all.</summary>
    Skip,
}
