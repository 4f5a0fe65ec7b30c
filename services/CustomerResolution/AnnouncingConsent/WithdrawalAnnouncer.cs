using System.Runtime.CompilerServices;
using Contracts.CustomerResolution;
using CustomerResolution.LookingUpCustomers;
using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace CustomerResolution.AnnouncingConsent;

/// <summary>
/// Tells the other services of a customer whom the provider's answer forbids to track: an earlier order of the same person may be on its way to a
/// destination. Once for each answer, however many orders it serves from memory; who hears it twice learns nothing new.
/// </summary>
internal sealed class WithdrawalAnnouncer(CustomerResolutionMetrics metrics)
{
    // Forgets an answer when the memory of answers does.
    private readonly ConditionalWeakTable<LookupAnswer, object> _announced = [];

    /// <summary>Announces what an answer forbids, unless that was done.</summary>
    /// <param name="answer">An answer that is blocked or withdrawn and names an address.</param>
    /// <param name="orderId">The order that was asked about.</param>
    /// <param name="context">The message that is worked on.</param>
    public async Task Announce(LookupAnswer answer, Guid orderId, ConsumeContext context)
    {
        if (!_announced.TryAdd(answer, answer))
            return;
        try
        {
            await context.PublishConfirmed(new CustomerConsentChanged
            {
                Email = answer.Email!,
                MayBeTracked = false,
                Reason = answer.Outcome == LookupOutcome.Blocked ? SuppressionReason.Blocked : SuppressionReason.ConsentWithdrawn,
                ChangedAt = answer.AskedAt,
            }, orderId);
        }
        catch
        {
            // The message comes again, and must find that nobody was told.
            _announced.Remove(answer);
            throw;
        }
        metrics.ConsentPublished(mayBeTracked: false, "lookup");
    }
}
