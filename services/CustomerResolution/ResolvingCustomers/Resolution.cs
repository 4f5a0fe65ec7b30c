using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using CustomerResolution.LookingUpCustomers;
using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>How the search for an order's customer ended: with a customer, or with the reason why there is none.</summary>
internal sealed record Resolution
{
    private Resolution() { }

    public Customer? Customer { get; private init; }

    /// <summary>Why there is no customer; <c>Unknown</c> when there is one.</summary>
    public CustomerResolutionFailureReason Reason { get; private init; }

    /// <summary>When the search ended, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the oldest answer it rests on was asked for, UTC; the end of the search where nobody was asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Key of the card, where there is one that may identify.</summary>
    public string? CardKey { get; private init; }

    /// <summary>The card itself, under the same condition. Personal data: never logged.</summary>
    public string? Card { get; private init; }

    /// <summary>True when more orders than a customer makes used the card today.</summary>
    public bool CardLooksShared { get; private init; }

    /// <summary>True when those who know cards were asked, and nobody with an address holds this one.</summary>
    public bool CardIsNobodys { get; init; }

    /// <summary>True when a person asked for another try.</summary>
    public bool TryRefusedAgain { get; init; }

    /// <summary>True when what was claimed cannot identify anybody.</summary>
    public bool HintUnusable { get; init; }

    /// <summary>The answer that forbids to track somebody whose address it names.</summary>
    public LookupAnswer? Forbidding { get; init; }

    /// <summary>Key of the card that <see cref="Forbidding"/> was asked by; null where it was asked by something else.</summary>
    public string? ForbiddenCardKey { get; init; }

    public static Resolution Found(Customer customer, DateTimeOffset at, DateTimeOffset askedAt) => new() { Customer = customer, At = at, AskedAt = askedAt };

    public static Resolution Failed(CustomerResolutionFailureReason reason, DateTimeOffset at, DateTimeOffset askedAt) => new() { Reason = reason, At = at, AskedAt = askedAt };

    /// <summary>The same with what is known of the card.</summary>
    /// <param name="card">Normalised, or null where there is none that may identify.</param>
    /// <param name="key">Its key.</param>
    /// <param name="looksShared">Whether more orders than a customer makes used it today.</param>
    /// <param name="isCustomers">False where the customer was said to be somebody whose card it need not be.</param>
    public Resolution ByCard(string? card, string? key, bool looksShared, bool isCustomers) => this with
    {
        Card = card,
        CardKey = key,
        CardLooksShared = looksShared,
        Customer = isCustomers && !looksShared && Customer is { } customer ? customer with { Card = card } : Customer,
    };

    /// <summary>Publishes the one event that tells the outcome; both consumers end here, so that neither can publish two or none.</summary>
    public Task PublishFor(Guid orderId, Order order, ConsumeContext context)
    {
        // Nobody vouches for a card that many use: its orders would all become one person's.
        var sendByCard = CardIsNobodys && Card is not null && !CardLooksShared;
        return Customer is { } customer
            ? context.PublishConfirmed(Resolved(orderId, order, customer), orderId)
            : context.PublishConfirmed(new CustomerResolutionFailed
            {
                OrderId = orderId,
                Reason = Reason,
                FailedAt = At,
                AskedAt = AskedAt,
                CardKey = CardKey,
                CardLooksShared = CardLooksShared ? true : null,
                HintUnusable = HintUnusable ? true : null,
                Order = sendByCard ? order : null,
                Card = sendByCard ? Card : null,
                TryRefusedAgain = sendByCard && TryRefusedAgain ? true : null,
            }, orderId);
    }

    /// <summary>The event that says whose order it is.</summary>
    public CustomerResolved Resolved(Guid orderId, Order order, Customer customer) => new()
    {
        OrderId = orderId,
        Order = order,
        Customer = customer,
        ResolvedAt = At,
        AskedAt = AskedAt,
        CardKey = CardKey,
        CardLooksShared = CardLooksShared ? true : null,
    };

    /// <summary>Says how it ended, never for whom.</summary>
    public override string ToString() => $"Resolution {{ {(Customer is null ? $"{Reason}" : "found")} }}";
}
