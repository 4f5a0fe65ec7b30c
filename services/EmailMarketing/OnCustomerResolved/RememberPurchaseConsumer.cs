using Contracts.CustomerResolution;
using EmailMarketing.KeepingConsents;
using EmailMarketing.RememberingPurchases;
using MassTransit;

namespace EmailMarketing.OnCustomerResolved;

/// <summary>Keeps a sale as its customer's last purchase, unless a later one is known, and takes it from whom it was told of before.</summary>
internal sealed class RememberPurchaseConsumer(Contacts contacts, Consents consents, EmailMarketingMetrics metrics, ILogger<RememberPurchaseConsumer> log)
    : IConsumer<CustomerResolved>
{
    public async Task Consume(ConsumeContext<CustomerResolved> context)
    {
        // Whether or not it is the last purchase: an earlier block or withdrawal is outdated by it.
        await Task.WhenAll(Consent.Of(context.Message.Customer).Select(allowed => consents.Remember(allowed, context.CancellationToken)));
        var purchase = LastPurchase.Of(context.Message);
        if (purchase is null)
        {
            metrics.Ignored();
            return;
        }
        if (purchase.Email.Length == 0)
        {
            LogMessages.NoAddress(log, purchase.OrderId);
            metrics.Ignored();
            return;
        }
        var askedAt = context.Message.ReplayId is null ? context.Message.AskedAt ?? context.Message.ResolvedAt : ToldPurchase.AskedByReplay;
        metrics.Remembered(await contacts.Remember(purchase, askedAt, context.CancellationToken));
    }
}
