using Contracts.CustomerResolution;
using Contracts.OrderIngest;

namespace OrderJourney.Journey;

/// <summary>What the statements about an order's customer amount to: what CustomerResolution is told. All of it is null where nobody said anything. Personal data: never logged.</summary>
/// <param name="Hint">What counts of what was stated; empty for a notice without an address.</param>
/// <param name="From"><see cref="CustomerOrigin.CardRegistration"/> or <see cref="CustomerOrigin.Claim"/>.</param>
/// <param name="Noticed">With a claim by card, the address that the latest notice of that card brought.</param>
/// <param name="NotBefore">What was asked for before this moment, UTC, cannot know of it and does not count.</param>
internal readonly record struct Standing(CustomerHint? Hint, CustomerOrigin? From, CustomerHint? Noticed, DateTimeOffset? NotBefore);
