using Contracts.CustomerResolution;
using Contracts.OrderIngest;

namespace ProfileStoreSender.SendingEvents;

/// <summary>One order to send, whichever message asked for it.</summary>
/// <param name="OrderId">The order's id.</param>
/// <param name="Order">The order.</param>
/// <param name="Customer">Who bought.</param>
/// <param name="TryRefusedAgain">True when somebody asks on purpose after a refusal, for example because a setting was put right; what was refused for another customer is sent either way.</param>
/// <param name="CardKey">Key of the order's card, where it is known.</param>
internal sealed record TrackingRequest(Guid OrderId, Order Order, Customer Customer, bool TryRefusedAgain, string? CardKey = null)
{
    /// <summary>Says which order, never whose.</summary>
    public override string ToString() => $"TrackingRequest {{ {OrderId:D} }}";
}
