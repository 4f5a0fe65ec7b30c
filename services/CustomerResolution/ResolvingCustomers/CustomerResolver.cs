using Contracts.CustomerResolution;
using CustomerResolution.NormalisingIdentifiers;
using CustomerResolution.WatchingCards;
using Microsoft.Extensions.Options;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>Weighs what the order says against what was said since, and has the customer searched for.</summary>
internal sealed class CustomerResolver(
    CustomerSearch search, IdentifierReader identifiers, CardUse cards, IOptions<IdentificationOptions> options, CustomerResolutionMetrics metrics,
    ILogger<CustomerResolver> log)
{
    /// <summary>Answers a question. Whatever happens at a provider is an answer.</summary>
    public async Task<Resolution> Resolve(Question question, CancellationToken cancellationToken)
    {
        var (ofOrder, hinted) = (identifiers.Read(question.Order.Customer), identifiers.Read(question.Hint));
        var said = question.HintFrom switch
        {
            // A person's word: what the order says beside it must not win against it.
            CustomerOrigin.Claim when !hinted.None => hinted,
            // The notice's address is what is left when nobody else knows better.
            CustomerOrigin.CardRegistration => (hinted with { Email = null }).Or(ofOrder),
            _ => hinted.Or(ofOrder),
        };
        var cardKey = hinted.Or(ofOrder).CardKey;
        if (question.IsNewOrder && cardKey is not null && cards.Count(cardKey))
        {
            log.CardLooksShared(question.OrderId, options.Value.SharedCardOrdersPerDay);
            metrics.CardShared();
        }

        var resolution = question.HintFrom == CustomerOrigin.Claim && hinted.Email is { } claimed
            ? Resolution.Found(new() { Email = claimed, Origin = CustomerOrigin.Claim }, search.Known(null), search.Known(question.NotBefore))
            : await search.Search(said, question.NotBefore, cancellationToken);
        if (question.HintFrom == CustomerOrigin.CardRegistration && hinted.Email is { } registered
            && resolution.Reason is CustomerResolutionFailureReason.NotFound or CustomerResolutionFailureReason.NoIdentifier)
            resolution = Resolution.Found(new() { Email = registered, Origin = CustomerOrigin.CardRegistration }, resolution.At, resolution.AskedAt);

        resolution = resolution with { CardKey = cardKey, CardLooksShared = cardKey is not null && cards.LooksShared(cardKey) };
        metrics.OrderResolved(resolution);
        if (resolution.Customer is null)
            log.CustomerNotResolved(question.OrderId, resolution.Reason);
        return resolution;
    }
}
