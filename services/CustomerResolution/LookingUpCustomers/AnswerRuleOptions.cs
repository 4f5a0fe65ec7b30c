namespace CustomerResolution.LookingUpCustomers;

/// <summary>A rule about an answer's body: it fits when the place holds one of the values, or when it holds nothing.</summary>
internal sealed class AnswerRuleOptions
{
    /// <summary>The place.</summary>
    public string? Path { get; init; }

    /// <summary>The values, in any letter case; numbers and truth values as text.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>True instead of <see cref="Values"/>: fits when a successful answer (2xx) has nothing there, null, an empty text, or an empty list. Default false.</summary>
    public bool Missing { get; init; }
}
