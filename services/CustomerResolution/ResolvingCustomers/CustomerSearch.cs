using Contracts.CustomerResolution;
using CustomerResolution.AnnouncingConsent;
using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;
using CustomerResolution.NormalisingIdentifiers;
using Microsoft.Extensions.Options;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>Goes through the steps of <c>Loyalty:IdentifyBy</c> until one of them finds somebody, or forbids to go on.</summary>
internal sealed class CustomerSearch(
    CustomerDirectories directories, IOptions<IdentificationOptions> options, IdentifierReader identifiers, Permissions permissions, TimeProvider time)
{
    private readonly IReadOnlyList<IdentificationStep> _steps = options.Value.Steps;

    /// <summary>The kinds of identifiers that the loyalty provider is asked by.</summary>
    public IEnumerable<IdentifierKind> AskedBy =>
        // By addresses that were claimed, or that a notice brought, it is asked in any case.
        _steps.Where(step => step != IdentificationStep.WebShopContacts).Select(KindOf).OfType<IdentifierKind>().Append(IdentifierKind.Email);

    /// <summary>The steps that would ask the loyalty provider by something it has no look-up for.</summary>
    public IEnumerable<IdentificationStep> WithoutLookup =>
        _steps.Where(step => step != IdentificationStep.WebShopContacts && KindOf(step) is { } kind && !directories.Loyalty.Knows(kind));

    /// <summary>Searches by what is known of a customer.</summary>
    public async Task<Resolution> Search(Identifiers by, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        DateTimeOffset? asked = null;
        var cardIsNobodys = false;
        foreach (var step in _steps)
        {
            if (step == IdentificationStep.OrderEmail)
            {
                if (by.Email is { } email)
                    return Found(new() { Email = email, Origin = CustomerOrigin.Order });
                continue;
            }
            if (DirectoryOf(step) is not { } directory || KindOf(step) is not { } kind || !directory.Knows(kind) || by.Of(kind) is not { } identifier)
                continue;

            var answer = await Ask(directory, identifier, notBefore, cancellationToken);
            // The outcome rests on every answer so far, and knows of nothing later than the oldest of them.
            asked = asked is null || answer.AskedAt < asked ? answer.AskedAt : asked;
            if (answer.Customer is { } customer && !identifiers.IsWeakEmail(customer.Email))
                return Found(customer);
            // Only "nobody" is asked on: the provider being away must not let the shop answer for somebody the provider has blocked.
            if (answer.Customer is null && answer.Outcome is not (LookupOutcome.NotFound or LookupOutcome.WithoutEmail))
                return Ended(answer, identifier);
            cardIsNobodys |= kind == IdentifierKind.LoyaltyCard;
        }
        return asked is null
            ? Resolution.Failed(CustomerResolutionFailureReason.NoIdentifier, time.GetUtcNow(), Known(notBefore))
            : Resolution.Failed(CustomerResolutionFailureReason.NotFound, time.GetUtcNow(), asked.Value) with { CardIsNobodys = cardIsNobodys };

        Resolution Found(Customer customer) => Resolution.Found(customer, time.GetUtcNow(), asked ?? Known(notBefore));
    }

    /// <summary>What is known without asking anybody: up to now, and what is asked about up to the moment it asks for, by whichever clock is ahead.</summary>
    public DateTimeOffset Known(DateTimeOffset? notBefore) => time.GetUtcNow() is var now && notBefore > now ? notBefore.Value : now;

    /// <summary>Takes somebody's word for an address, unless the provider can be asked by addresses and forbids this one, or cannot tell now.</summary>
    public async Task<Resolution> TakeWord(string email, CustomerOrigin origin, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        Customer said = new() { Email = email, Origin = origin };
        if (!directories.Loyalty.Knows(IdentifierKind.Email))
            return Resolution.Found(said, time.GetUtcNow(), Known(notBefore));
        var by = new Identifier(IdentifierKind.Email, email);
        var answer = await Ask(directories.Loyalty, by, notBefore, cancellationToken);
        if (answer.Outcome is LookupOutcome.Blocked or LookupOutcome.ConsentWithdrawn or LookupOutcome.Unavailable)
            return Ended(answer, by);
        // Several holders of one address are still whom the address was said to be of.
        var customer = answer.Customer is { } known && known.Email == email ? known with { Origin = origin } : said;
        return Resolution.Found(customer, time.GetUtcNow(), answer.AskedAt);
    }

    private async Task<LookupAnswer> Ask(CustomerDirectory directory, Identifier by, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        var answer = await directory.Find(by, notBefore, cancellationToken);
        // What was asked for before the customer could be tracked again forbids nothing any more; the provider may say the same anew.
        return answer.Email is { } forbidden && permissions.Since(forbidden) is { } since && answer.AskedAt < since
            ? await directory.Find(by, since, cancellationToken)
            : answer;
    }

    private Resolution Ended(LookupAnswer answer, Identifier by) => Resolution.Failed(ReasonFor(answer.Outcome), time.GetUtcNow(), answer.AskedAt) with
    {
        Forbidding = Forbids(answer) ? answer : null,
        ForbiddenCardKey = by.Kind == IdentifierKind.LoyaltyCard ? CardNumbers.KeyOf(by.Value) : null,
    };

    private bool Forbids(LookupAnswer answer) =>
        answer is { Outcome: LookupOutcome.Blocked or LookupOutcome.ConsentWithdrawn, Email: { } email } && !identifiers.IsWeakEmail(email);

    private CustomerDirectory? DirectoryOf(IdentificationStep step) => step == IdentificationStep.WebShopContacts ? directories.Contacts : directories.Loyalty;

    private static IdentifierKind? KindOf(IdentificationStep step) => step switch
    {
        IdentificationStep.LoyaltyProvider or IdentificationStep.WebShopContacts => IdentifierKind.LoyaltyCard,
        IdentificationStep.CustomerNumber => IdentifierKind.CustomerNumber,
        IdentificationStep.Phone => IdentifierKind.Phone,
        IdentificationStep.Email => IdentifierKind.Email,
        _ => null,
    };

    private static CustomerResolutionFailureReason ReasonFor(LookupOutcome outcome) => outcome switch
    {
        LookupOutcome.Ambiguous => CustomerResolutionFailureReason.Ambiguous,
        LookupOutcome.Blocked => CustomerResolutionFailureReason.Blocked,
        LookupOutcome.ConsentWithdrawn => CustomerResolutionFailureReason.ConsentWithdrawn,
        LookupOutcome.Unavailable => CustomerResolutionFailureReason.ProviderUnavailable,
        _ => throw new InvalidOperationException($"the outcome {outcome} has no reason"),
    };
}
