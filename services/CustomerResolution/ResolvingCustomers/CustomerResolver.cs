using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>The order in which an order's customer is looked for: its own e-mail address, the loyalty provider, the web shop's contacts.</summary>
internal sealed class CustomerResolver(
    CustomerDirectories directories, CustomerResolutionMetrics metrics, TimeProvider time, ILogger<CustomerResolver> log)
{
    public async Task<Resolution> Resolve(Guid orderId, Order order, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        var resolution = await Search(order.Customer, notBefore, cancellationToken);
        metrics.OrderResolved(resolution);
        if (resolution.Customer is null)
            log.CustomerNotResolved(orderId, resolution.Reason);
        return resolution;
    }

    private async Task<Resolution> Search(CustomerHint hint, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        if (EmailAddress.TryRead(hint.Email, out var email))
            return Resolution.Found(new() { Email = email, Origin = CustomerOrigin.Order }, time.GetUtcNow());
        if (CardNumber.Normalise(hint.LoyaltyCard) is not { } card)
            return Resolution.Failed(CustomerResolutionFailureReason.NoIdentifier, time.GetUtcNow());

        var by = new Identifier(IdentifierKind.LoyaltyCard, card);
        var answer = await directories.Loyalty.Find(by, notBefore, cancellationToken);
        // Only "nobody" is asked on: the provider being away must not let the shop answer for somebody the provider has blocked.
        if (answer.Outcome is LookupOutcome.NotFound or LookupOutcome.WithoutEmail && directories.Contacts is { } contacts)
            answer = await contacts.Find(by, notBefore, cancellationToken);
        return answer.Customer is { } customer
            ? Resolution.Found(customer, time.GetUtcNow())
            : Resolution.Failed(ReasonFor(answer.Outcome), time.GetUtcNow());
    }

    private static CustomerResolutionFailureReason ReasonFor(LookupOutcome outcome) => outcome switch
    {
        // A member without an e-mail address heals the way an unknown card does: when the customer completes the registration.
        LookupOutcome.NotFound or LookupOutcome.WithoutEmail => CustomerResolutionFailureReason.NotFound,
        LookupOutcome.Ambiguous => CustomerResolutionFailureReason.Ambiguous,
        LookupOutcome.Blocked => CustomerResolutionFailureReason.Blocked,
        LookupOutcome.ConsentWithdrawn => CustomerResolutionFailureReason.ConsentWithdrawn,
        LookupOutcome.Unavailable => CustomerResolutionFailureReason.ProviderUnavailable,
        _ => throw new InvalidOperationException($"the outcome {outcome} has no reason"),
    };
}
