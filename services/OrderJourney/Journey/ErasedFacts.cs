using Contracts.OrderIngest;

namespace OrderJourney.Journey;

/// <summary>An order whose customer was erased: everything about the person is gone, what happened to the order stays, and nothing is sent any more.</summary>
internal static class ErasedFacts
{
    /// <summary>Told when the person was erased.</summary>
    public const string Erased = nameof(Erased);

    /// <summary>True once the person was erased; for good.</summary>
    public static bool IsErased(this OrderJourneySaga saga) => saga.Statements?.ErasedAt is not null;

    /// <summary>The order as it is kept afterwards.</summary>
    public static Order WithoutCustomer(this Order order) => order with { Customer = new() };

    /// <summary>Forgets the person; false where that was done before.</summary>
    public static bool Erase(this OrderJourneySaga saga, DateTimeOffset now, IReadOnlyList<string> required)
    {
        if (saga.IsErased())
            return false;
        saga.Statements = new() { ErasedAt = now };
        (saga.Customer, saga.CardKey, saga.CardMovedAt) = (null, null, null);
        saga.TrackedFor.Clear();
        saga.Tell(now, Erased, null);
        var state = JourneyRules.StateOf(saga, required);
        if (state != saga.CurrentState)
            (saga.CurrentState, saga.StateSince, saga.Attempts) = (state, now, 0);
        (saga.NextCheckAt, saga.UpdatedAt) = (null, now);
        return true;
    }
}
