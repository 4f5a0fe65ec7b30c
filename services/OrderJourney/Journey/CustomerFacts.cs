using Contracts.CustomerResolution;
using OrderJourney.KeepingCardNotices;

namespace OrderJourney.Journey;

/// <summary>
/// What is known of the customer: of the answers the one that was asked for last is kept, and it counts unless somebody stated later who it is. So answers and statements may
/// come in any order.
/// </summary>
internal static class CustomerFacts
{
    /// <summary>True once a destination has the order for a customer: there it stays with one. Where it has gone with the card alone it is still nobody's.</summary>
    public static bool IsTracked(this OrderJourneySaga saga) => saga.Destinations.ContainsValue(DestinationAnswer.Tracked) && !saga.IsTrackedByCardAlone();

    /// <summary>True where those destinations alone have it that took it with the card and without a customer.</summary>
    public static bool IsTrackedByCardAlone(this OrderJourneySaga saga) => saga.TrackedFor.Count > 0 && saga.TrackedFor.All(CustomerKey.IsOfCard);

    /// <summary>Keys of the customers it is tracked for, without cards.</summary>
    public static IEnumerable<string> CustomersTrackedFor(this OrderJourneySaga saga) => saga.TrackedFor.Where(key => !CustomerKey.IsOfCard(key));

    /// <summary>What was stated about the customer, as it counts now.</summary>
    public static Standing Standing(this OrderJourneySaga saga) => saga.Statements?.Amount(saga.CardKey, saga.LastAskedAt()) ?? default;

    /// <summary>True when what was asked for at this moment cannot know of what was stated.</summary>
    public static bool IsOutdated(this OrderJourneySaga saga, DateTimeOffset? askedAt) => saga.Standing().NotBefore is { } notBefore && !(askedAt >= notBefore);

    /// <summary>Who bought, as far as that counts now: the last answer, unless it is outdated and the order was not tracked for that customer either.</summary>
    public static Customer? KnownCustomer(this OrderJourneySaga saga) =>
        saga.Customer is { } customer && (!saga.IsOutdated(saga.CustomerAskedAt) || saga.TrackedFor.Contains(CustomerKey.Of(customer.Email))) ? customer : null;

    /// <summary>Why there is no customer, as far as that counts now. A claim of no use leaves nobody where nothing else is known.</summary>
    public static CustomerResolutionFailureReason? KnownFailure(this OrderJourneySaga saga) =>
        saga.ResolutionFailure is { } failure && !saga.IsOutdated(saga.FailureAskedAt) ? failure
        : saga.Statements is { IsClaimDropped: true } && saga.Standing().From is null ? CustomerResolutionFailureReason.NoIdentifier
        : null;

    public static void Learn(this OrderJourneySaga saga, CustomerResolved message)
    {
        saga.LearnOrder(message.Order);
        // A message from before may come late, and must bring nobody back.
        if (saga.IsErased())
            return;
        var before = saga.Standing();
        saga.Take(message, message.AskedAt ?? message.ResolvedAt);
        saga.Outdate(before);
        saga.WeighMove(message.ResolvedAt);
    }

    public static void Learn(this OrderJourneySaga saga, CustomerResolutionFailed message)
    {
        if (saga.IsErased())
            return;
        var (before, askedAt) = (saga.Standing(), message.AskedAt ?? message.FailedAt);
        if (message.HintUnusable == true)
            saga.LearnUnusableClaim(message, askedAt);
        else
            saga.Take(message, askedAt);
        saga.Outdate(before);
        saga.WeighMove(message.FailedAt);
    }

    /// <summary>True when there is something new to ask CustomerResolution with. An order that is tracked is not asked about any more.</summary>
    public static bool Learn(this OrderJourneySaga saga, CustomerStated message)
    {
        if (saga.IsErased())
            return false;
        if (saga.IsTracked() && saga.TrackedFor.Count == 0)
        {
            saga.LearnMove(message);
            return false;
        }
        var (known, before) = (saga.Statements ?? Statements.None, saga.Standing());
        var learned = message.From == CustomerOrigin.Claim ? known.With(new Claimed(message.Hint, message.StatedAt))
            : (message.CardKey ?? saga.CardKey) is { } card ? known.With(new CardNotice(card, message.StatedAt, message.Hint.Email))
            : known;
        if (ReferenceEquals(learned, known))
            return false;
        (saga.Statements, saga.HasChanged) = (learned, true);
        saga.WeighMove(message.StatedAt);
        if (saga.IsTracked() || saga.Standing() == before)
            return false;
        saga.Outdate(before);
        (saga.DeadlineOver, saga.Attempts) = (false, 0);
        saga.Tell(message.StatedAt, message.From == CustomerOrigin.Claim ? "Claimed" : "CardRegistered", null);
        return true;
    }

    private static void Take(this OrderJourneySaga saga, CustomerResolved message, DateTimeOffset askedAt)
    {
        saga.LearnCard(message.CardKey, message.CardLooksShared, askedAt);
        // Nobody said whose profile it went to: it stays with whom it was tracked for as far as this journey knows.
        if (saga.IsTracked() && saga.TrackedFor.Count == 0 && saga.KnownCustomer() is not null)
            return;
        var byAddress = string.CompareOrdinal(message.Customer.Email, saga.Customer?.Email);
        if (saga.Customer is not null && (askedAt < saga.CustomerAskedAt || (askedAt == saga.CustomerAskedAt && byAddress >= 0)))
            return;
        var known = saga.KnownCustomer();
        (saga.Customer, saga.CustomerAskedAt, saga.HasChanged) = (message.Customer, askedAt, true);
        if (saga.KnownCustomer() is { } customer && customer.Email != known?.Email)
        {
            saga.DeadlineOver = false;
            saga.Tell(message.ResolvedAt, nameof(CustomerResolved), $"by {message.Customer.Origin}");
        }
    }

    private static void Take(this OrderJourneySaga saga, CustomerResolutionFailed message, DateTimeOffset askedAt)
    {
        saga.LearnCard(message.CardKey, message.CardLooksShared, askedAt);
        if (askedAt < saga.FailureAskedAt || (askedAt == saga.FailureAskedAt && Rank(message.Reason) <= Rank(saga.ResolutionFailure)))
            return;
        var known = saga.KnownFailure();
        (saga.ResolutionFailure, saga.FailureAskedAt, saga.HasChanged) = (message.Reason, askedAt, true);
        // Told once, not at every look-up; and of no interest where it is outdated or the customer is known.
        if (saga.KnownFailure() is not { } failure || failure == known || saga.KnownCustomer() is not null)
            return;
        // The waiting that is over does not begin anew because the provider was away.
        saga.DeadlineOver &= known is not null;
        saga.Attempts = 0;
        saga.Tell(message.FailedAt, nameof(CustomerResolutionFailed), message.Reason.ToString());
    }

    // What was claimed identifies nobody: what was known without it counts again.
    private static void LearnUnusableClaim(this OrderJourneySaga saga, CustomerResolutionFailed message, DateTimeOffset askedAt)
    {
        var known = saga.Statements ?? Statements.None;
        var learned = known.WithUnusableClaim(askedAt);
        if (ReferenceEquals(learned, known))
            return;
        // It was looked for with what the order itself has, which may be no card at all.
        if (!(askedAt < saga.LastAskedAt()))
            saga.CardKey = message.CardKey;
        (saga.Statements, saga.HasChanged) = (learned, true);
        if (learned.IsClaimDropped)
        {
            (saga.DeadlineOver, saga.Attempts) = (false, 0);
            saga.Tell(message.FailedAt, "ClaimUnusable", null);
        }
    }

    // An order's card is the same in every answer, except that a claim may name another.
    private static void LearnCard(this OrderJourneySaga saga, string? key, bool? looksShared, DateTimeOffset askedAt)
    {
        if (looksShared == true && !saga.CardLooksShared)
            (saga.CardLooksShared, saga.HasChanged) = (true, true);
        if (key is not null && key != saga.CardKey && !(askedAt < (saga.CardKey is null ? saga.Statements?.UnusableAt : saga.LastAskedAt())))
            (saga.CardKey, saga.HasChanged) = (key, true);
    }

    // What destinations said before the last statement, they said about somebody else.
    private static void Outdate(this OrderJourneySaga saga, Standing before)
    {
        if (!saga.IsTracked() && saga.Standing().NotBefore is { } now && !(now <= before.NotBefore))
            saga.ForgetAnswers();
    }

    private static DateTimeOffset? LastAskedAt(this OrderJourneySaga saga) => new[] { saga.CustomerAskedAt, saga.FailureAskedAt, saga.Statements?.UnusableAt }.Max();

    // What only a person can change outranks what heals by itself.
    private static int Rank(CustomerResolutionFailureReason? reason) => reason switch
    {
        null => 0,
        CustomerResolutionFailureReason.Unknown => 1,
        CustomerResolutionFailureReason.ProviderUnavailable => 2,
        CustomerResolutionFailureReason.NotFound => 3,
        CustomerResolutionFailureReason.NoIdentifier => 4,
        CustomerResolutionFailureReason.Ambiguous => 5,
        CustomerResolutionFailureReason.ConsentWithdrawn => 6,
        CustomerResolutionFailureReason.Blocked => 7,
        _ => 1,
    };
}
