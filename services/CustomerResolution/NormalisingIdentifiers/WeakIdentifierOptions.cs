namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>
/// <c>Loyalty:WeakIdentifiers</c>: what identifies nobody, such as a till's default card or a store's own address. Each entry is normalised like what
/// it is compared with; a <c>*</c> at either end stands for anything: <c>*@store.example</c>.
/// </summary>
internal sealed class WeakIdentifierOptions
{
    /// <summary>Card numbers.</summary>
    public IReadOnlyList<string>? Cards { get; init; }

    /// <summary>E-mail addresses.</summary>
    public IReadOnlyList<string>? Emails { get; init; }

    /// <summary>Telephone numbers.</summary>
    public IReadOnlyList<string>? Phones { get; init; }

    /// <summary>The retailer's customer numbers.</summary>
    public IReadOnlyList<string>? CustomerNumbers { get; init; }
}
