using Contracts.CustomerResolution;

namespace OrderJourney.Journey;

/// <summary>
/// What is known of the customer: the answer that was asked for last counts, and none that was asked for before somebody stated who it is. So answers and statements may
/// come in any order. An order that is tracked stays with whom it was tracked for.
/// </summary>
internal static class CustomerFacts
{
    /// <summary>True once a destination has the order: there it stays with one customer.</summary>
    public static bool IsTracked(this OrderJourneySaga saga) => saga.Destinations.ContainsValue(DestinationAnswer.Tracked);

    /// <summary>True when what was asked for at this moment cannot know of the statement.</summary>
    public static bool IsOutdated(this OrderJourneySaga saga, DateTimeOffset? askedAt) => saga.Statement is { } statement && !(askedAt >= statement.StatedAt);

    public static void Learn(this OrderJourneySaga saga, CustomerResolved message)
    {
        var askedAt = message.AskedAt ?? message.ResolvedAt;
        saga.LearnOrder(message.Order);
        saga.LearnCard(message.CardKey, message.CardLooksShared, askedAt);
        if (saga.IsOutdated(askedAt) || (saga.Customer is not null && (saga.IsTracked() || askedAt < saga.CustomerAskedAt)))
            return;
        var byAddress = string.CompareOrdinal(message.Customer.Email, saga.Customer?.Email);
        if (askedAt == saga.CustomerAskedAt && byAddress >= 0)
            return;
        var isNew = saga.Customer is null || byAddress != 0;
        (saga.Customer, saga.CustomerAskedAt, saga.HasChanged) = (message.Customer, askedAt, true);
        if (!isNew)
            return;
        saga.DeadlineOver = false;
        saga.Tell(message.ResolvedAt, nameof(CustomerResolved), $"by {message.Customer.Origin}");
    }

    public static void Learn(this OrderJourneySaga saga, CustomerResolutionFailed message)
    {
        var askedAt = message.AskedAt ?? message.FailedAt;
        saga.LearnCard(message.CardKey, message.CardLooksShared, askedAt);
        if (saga.IsOutdated(askedAt) || askedAt < saga.FailureAskedAt || (askedAt == saga.FailureAskedAt && Rank(message.Reason) <= Rank(saga.ResolutionFailure)))
            return;
        var known = saga.ResolutionFailure;
        (saga.ResolutionFailure, saga.FailureAskedAt, saga.HasChanged) = (message.Reason, askedAt, true);
        // Told once, not at every look-up; and of no interest where the customer is known.
        if (known == message.Reason || saga.Customer is not null)
            return;
        // The waiting that is over does not begin anew because the provider was away.
        saga.DeadlineOver &= known is not null;
        saga.Attempts = 0;
        saga.Tell(message.FailedAt, nameof(CustomerResolutionFailed), message.Reason.ToString());
    }

    /// <summary>Of an order that is not tracked: true when the statement is news. What was asked for before it is forgotten, and so is what destinations said about it.</summary>
    public static bool Learn(this OrderJourneySaga saga, CustomerStated message)
    {
        var statement = new Statement(message.Hint, message.From, message.StatedAt);
        var counts = saga.Statement?.Or(statement) ?? statement;
        if (counts == saga.Statement)
            return false;
        saga.Statement = counts;
        if (saga.IsOutdated(saga.CustomerAskedAt))
            (saga.Customer, saga.CustomerAskedAt) = (null, null);
        if (saga.IsOutdated(saga.FailureAskedAt))
            (saga.ResolutionFailure, saga.FailureAskedAt) = (null, null);
        saga.ForgetAnswers();
        (saga.DeadlineOver, saga.Attempts) = (false, 0);
        saga.Tell(message.StatedAt, message.From == CustomerOrigin.Claim ? "Claimed" : "CardRegistered", null);
        return true;
    }

    /// <summary>Of an order that is tracked: true when a notice says that its card is somebody else's by now, and nobody knew. Whose it was by a claim does not hang on the card.</summary>
    public static bool LearnMove(this OrderJourneySaga saga, CustomerStated message)
    {
        if (message.From != CustomerOrigin.CardRegistration || message.Hint.Email is not { } address || saga.Customer is not { Origin: not CustomerOrigin.Claim } customer)
            return false;
        if (address == customer.Email || message.StatedAt <= saga.CustomerAskedAt || message.StatedAt <= saga.CardMovedAt)
            return false;
        saga.CardMovedAt = message.StatedAt;
        saga.Tell(message.StatedAt, "CardMoved", null);
        return true;
    }

    // An order's card is the same in every answer, except that a claim may name another.
    private static void LearnCard(this OrderJourneySaga saga, string? key, bool? looksShared, DateTimeOffset askedAt)
    {
        if (looksShared == true && !saga.CardLooksShared)
            (saga.CardLooksShared, saga.HasChanged) = (true, true);
        if (key is null || key == saga.CardKey)
            return;
        if (saga.CardKey is null || (!saga.IsOutdated(askedAt) && !(askedAt < saga.CustomerAskedAt) && !(askedAt < saga.FailureAskedAt)))
            (saga.CardKey, saga.HasChanged) = (key, true);
    }

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
