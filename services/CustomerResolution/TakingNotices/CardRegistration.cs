using Contracts.CustomerResolution;
using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.NormalisingIdentifiers;
using CustomerResolution.OutdatingAnswers;

namespace CustomerResolution.TakingNotices;

/// <summary>Takes the notice that somebody has a card now: forgets what was known of it and tells whoever has orders that wait for it.</summary>
internal sealed class CardRegistration(
    CardNumbers cards, IdentifierReader identifiers, CustomerDirectories directories, NoticePublisher publisher, TimeProvider time)
{
    public async Task<IResult> Take(HttpContext http, CancellationToken cancellationToken)
    {
        var (notice, problem) = await NoticeBody.Read<CardNotice>(http, cancellationToken);
        if (notice is null)
            return problem!;
        if (cards.Normalise(notice.Card) is null)
            return NoticeBody.Refused("card: is missing, or no card number by section CardNumbers");
        string? email = null;
        if (!string.IsNullOrWhiteSpace(notice.Email) && !EmailAddress.TryRead(notice.Email, out email))
            return NoticeBody.Refused("email: is no e-mail address");
        var said = identifiers.Read(new() { LoyaltyCard = notice.Card, Email = email });
        if (said.Of(IdentifierKind.LoyaltyCard) is null)
            return WeakNotice.Refused("card");
        if (email is not null && said.Email is null)
            return WeakNotice.Refused("email");

        var registeredAt = time.GetUtcNow();
        directories.Outdate(said.CardKey!, registeredAt);
        // In this order: whoever hears of the registration is to find no instance that still answers with what it remembers.
        return await publisher.Publish(
            new CardAnswersOutdated { CardKey = said.CardKey!, Before = registeredAt },
            new LoyaltyCardRegistered { CardKey = said.CardKey!, Email = said.Email, RegisteredAt = registeredAt },
            http, cancellationToken)
            ?? Results.Accepted();
    }
}
