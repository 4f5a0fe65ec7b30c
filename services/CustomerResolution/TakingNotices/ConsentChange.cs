using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using CustomerResolution.AnnouncingConsent;
using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.NormalisingIdentifiers;

namespace CustomerResolution.TakingNotices;

/// <summary>Takes the notice that a customer may no longer be tracked, or may be again.</summary>
internal sealed class ConsentChange(
    IdentifierReader identifiers, CustomerDirectories directories, NoticePublisher publisher, Permissions permissions, CustomerResolutionMetrics metrics,
    TimeProvider time)
{
    public async Task<IResult> Take(HttpContext http, CancellationToken cancellationToken)
    {
        var (notice, problem) = await NoticeBody.Read<ConsentNotice>(http, cancellationToken);
        if (notice is null)
            return problem!;
        if (notice.MayBeTracked is not { } mayBeTracked)
            return NoticeBody.Refused("mayBeTracked: is missing");
        if (!TryReadReason(notice.Reason, mayBeTracked, out var reason))
            return NoticeBody.Refused(mayBeTracked ? "reason: is for those who may not be tracked" : "reason: is neither consentWithdrawn nor blocked");
        if (string.IsNullOrWhiteSpace(notice.Email) == string.IsNullOrWhiteSpace(notice.Card))
            return NoticeBody.Refused("email, card: send one of both");

        var now = time.GetUtcNow();
        var (email, refusal) = await EmailOf(notice, now, http, cancellationToken);
        if (email is null)
            return refusal!;
        if (mayBeTracked)
            permissions.Note(email);
        // A clock that is ahead must not outdate what the provider says from now on.
        var changedAt = notice.ChangedAt is { } at && at < now ? at.ToUniversalTime() : now;
        var cardKey = identifiers.Read(new CustomerHint { LoyaltyCard = notice.Card }).CardKey;
        var change = new CustomerConsentChanged { Email = email, MayBeTracked = mayBeTracked, Reason = reason, ChangedAt = changedAt, CardKey = cardKey };
        if (await publisher.Publish(change, http, cancellationToken) is { } unavailable)
            return unavailable;
        metrics.ConsentPublished(mayBeTracked, "notice");
        return Results.Accepted();
    }

    private async Task<(string? Email, IResult? Refusal)> EmailOf(ConsentNotice notice, DateTimeOffset now, HttpContext http, CancellationToken cancellationToken)
    {
        var member = string.IsNullOrWhiteSpace(notice.Email) ? "card" : "email";
        var said = identifiers.Read(new CustomerHint { Email = notice.Email, LoyaltyCard = notice.Card });
        if (said.Email is { } email)
            return (email, null);
        if (said.Of(IdentifierKind.LoyaltyCard) is not { } card)
            return (null, NoticeBody.Refused($"{member}: cannot be one, or identifies nobody by Loyalty:WeakIdentifiers"));

        // Whoever holds the card now: a remembered answer may be of its former holder.
        var answer = directories.Loyalty.Knows(card.Kind) ? await directories.Loyalty.Find(card, now, cancellationToken) : LookupAnswer.NotFound;
        if (answer.Outcome is LookupOutcome.NotFound or LookupOutcome.WithoutEmail && directories.Contacts is { } contacts)
            answer = await contacts.Find(card, now, cancellationToken);
        if ((answer.Customer?.Email ?? answer.Email) is { } holder && !identifiers.IsWeakEmail(holder))
            return (holder, null);
        if (answer.Outcome == LookupOutcome.Unavailable)
            http.Response.Headers.RetryAfter = "30";
        return (null, answer.Outcome switch
        {
            LookupOutcome.Unavailable => TypedResults.Problem("Nothing was accepted; send it again later, or with the e-mail address.", statusCode: 503, title: "The provider cannot be asked"),
            LookupOutcome.Ambiguous => TypedResults.Problem("Send the e-mail address.", statusCode: 409, title: "Several customers hold the card"),
            _ => TypedResults.Problem("card: send the e-mail address instead", statusCode: 404, title: "Nobody with an e-mail address holds the card"),
        });
    }

    private static bool TryReadReason(string? text, bool mayBeTracked, out SuppressionReason? reason)
    {
        reason = (mayBeTracked, text?.Trim().ToLowerInvariant()) switch
        {
            (false, null or "" or "consentwithdrawn") => SuppressionReason.ConsentWithdrawn,
            (false, "blocked") => SuppressionReason.Blocked,
            _ => null,
        };
        return mayBeTracked ? string.IsNullOrWhiteSpace(text) : reason is not null;
    }
}
