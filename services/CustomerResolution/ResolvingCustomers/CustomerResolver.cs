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
        var (card, cardKey) = (hinted.Or(ofOrder).Card, hinted.Or(ofOrder).CardKey);
        if (question.IsNewOrder && cardKey is not null && cards.Count(cardKey))
        {
            log.CardLooksShared(question.OrderId, options.Value.SharedCardOrdersPerDay);
            metrics.CardShared();
        }

        var resolution = question.HintFrom switch
        {
            CustomerOrigin.Claim => await OfClaim(question, hinted, cancellationToken),
            // The notice's address is what is left when nobody else knows better.
            CustomerOrigin.CardRegistration => await OfCard((hinted with { Email = null }).Or(ofOrder), hinted.Email, question.NotBefore, cancellationToken),
            _ => await search.Search(hinted.Or(ofOrder), question.NotBefore, cancellationToken),
        };
        // Who claims a receipt by address need not hold the card that was scanned.
        var isCustomers = question.HintFrom != CustomerOrigin.Claim || hinted.Email is null;
        resolution = resolution.ByCard(card, cardKey, cardKey is not null && cards.LooksShared(cardKey), isCustomers) with { TryRefusedAgain = question.TryRefusedAgain };
        metrics.OrderResolved(resolution);
        if (resolution.Customer is null)
            log.CustomerNotResolved(question.OrderId, resolution.Reason);
        return resolution;
    }
    // A person's word: what the order says beside it must not win against it, not even where the word is of no use.
    private async Task<Resolution> OfClaim(Question question, Identifiers claimed, CancellationToken cancellationToken) => claimed switch
    {
        { None: true } => Resolution.Failed(CustomerResolutionFailureReason.NoIdentifier, search.Known(null), search.Known(question.NotBefore)) with { HintUnusable = true },
        { Email: { } email } => await search.TakeWord(email, CustomerOrigin.Claim, question.NotBefore, cancellationToken),
        _ => await OfCard(claimed, identifiers.Read(question.Noticed).Email, question.NotBefore, cancellationToken),
    };

    private async Task<Resolution> OfCard(Identifiers said, string? registered, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        var resolution = await search.Search(said, notBefore, cancellationToken);
        if (registered is null || resolution.Reason is not (CustomerResolutionFailureReason.NotFound or CustomerResolutionFailureReason.NoIdentifier))
            return resolution;
        var word = await search.TakeWord(registered, CustomerOrigin.CardRegistration, notBefore, cancellationToken);
        return resolution.AskedAt < word.AskedAt ? word with { AskedAt = resolution.AskedAt } : word;
    }
}
