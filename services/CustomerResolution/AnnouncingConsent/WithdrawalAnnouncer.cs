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
    // Forgets an answer when the memory of answers does. True = it was announced.
    private readonly ConditionalWeakTable<LookupAnswer, TaskCompletionSource<bool>> _announced = [];

    /// <summary>Announces what an answer forbids, unless that was done; where another order is at it, waits until that one has ended.</summary>
    /// <param name="answer">An answer that is blocked or withdrawn and names an address.</param>
    /// <param name="cardKey">Key of the card that it was asked by, if it was.</param>
    /// <param name="orderId">The order that was asked about.</param>
    /// <param name="context">The message that is worked on.</param>
    public async Task Announce(LookupAnswer answer, string? cardKey, Guid orderId, ConsumeContext context)
    {
        var own = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _announced.GetValue(answer, _ => own);
        // Where that one has failed, everybody tells for itself: waiting for one after the other could take longer than a message may be held.
        if (first != own && await first.Task.WaitAsync(context.CancellationToken))
            return;
        try
        {
            await context.PublishConfirmed(new CustomerConsentChanged
            {
                Email = answer.Email!,
                MayBeTracked = false,
                Reason = answer.Outcome == LookupOutcome.Blocked ? SuppressionReason.Blocked : SuppressionReason.ConsentWithdrawn,
                ChangedAt = answer.AskedAt,
                CardKey = cardKey,
            }, orderId);
        }
        catch
        {
            // The message comes again, and must find that nobody was told.
            if (first == own)
                _announced.Remove(answer);
            own.SetResult(false);
            throw;
        }
        own.SetResult(true);
        _announced.AddOrUpdate(answer, own);
        metrics.ConsentPublished(mayBeTracked: false, "lookup");
    }
}
