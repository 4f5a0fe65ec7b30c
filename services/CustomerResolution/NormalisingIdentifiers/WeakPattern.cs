namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>An entry with <c>*</c> at one end or both.</summary>
/// <param name="Piece">What stands beside it; never empty.</param>
/// <param name="AnyBefore">Whether anything may come before the piece.</param>
/// <param name="AnyAfter">Whether anything may come after it.</param>
internal sealed record WeakPattern(string Piece, bool AnyBefore, bool AnyAfter)
{
    /// <summary>Reads an entry, or gives null where a * stands in the middle, or nothing beside it: nobody would be left.</summary>
    public static WeakPattern? Read(string entry, Func<string, string> normalise)
    {
        var (before, after) = (entry.StartsWith('*'), entry.EndsWith('*'));
        var piece = entry.Trim('*');
        return piece.Contains('*', StringComparison.Ordinal) || normalise(piece) is not { Length: > 0 } normal ? null : new(normal, before, after);
    }

    /// <summary>True when a normalised value is meant by the entry.</summary>
    public bool Fits(string value) => (AnyBefore, AnyAfter) switch
    {
        (true, true) => value.Contains(Piece, StringComparison.Ordinal),
        (true, false) => value.EndsWith(Piece, StringComparison.Ordinal),
        _ => value.StartsWith(Piece, StringComparison.Ordinal),
    };
}
