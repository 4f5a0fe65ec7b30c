using Contracts.CustomerResolution;
using Contracts.OrderIngest;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>Whose order is this?</summary>
/// <param name="OrderId">The order's id.</param>
/// <param name="Order">The order.</param>
internal sealed record Question(Guid OrderId, Order Order)
{
    /// <summary>What was said about the customer since.</summary>
    public CustomerHint? Hint { get; init; }

    /// <summary>Who said it.</summary>
    public CustomerOrigin? HintFrom { get; init; }

    /// <summary>What a notice said about the card that was claimed.</summary>
    public CustomerHint? Noticed { get; init; }

    /// <summary>An answer that was asked for before this moment, UTC, does not count.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>True when a person asked for another try.</summary>
    public bool TryRefusedAgain { get; init; }

    /// <summary>True when the order is seen for the first time, as far as the broker can tell: then it counts as a use of its card.</summary>
    public bool IsNewOrder { get; init; }

    /// <summary>Says which order, never whose.</summary>
    public override string ToString() => $"Question {{ order: {OrderId}, hint from: {HintFrom} }}";
}
