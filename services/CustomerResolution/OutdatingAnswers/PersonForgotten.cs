namespace CustomerResolution.OutdatingAnswers;

/// <summary>Among the instances of this service: nothing about this person is to be remembered. Keys only.</summary>
internal sealed record PersonForgotten
{
    /// <summary>Of the address, where it is known.</summary>
    public string? CustomerKey { get; init; }

    /// <summary>Of the cards.</summary>
    public required IReadOnlyList<string> CardKeys { get; init; }

    /// <summary>Shows no key.</summary>
    public override string ToString() => nameof(PersonForgotten);
}
