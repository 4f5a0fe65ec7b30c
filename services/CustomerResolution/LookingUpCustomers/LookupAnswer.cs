using Contracts.CustomerResolution;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>A provider's answer, or the lack of one.</summary>
internal sealed record LookupAnswer
{
    private LookupAnswer() { }

    public LookupOutcome Outcome { get; private init; }

    /// <summary>The holder; only with <see cref="LookupOutcome.Found"/>.</summary>
    public Customer? Customer { get; private init; }

    /// <summary>When it was asked for, UTC: what happened at the provider after this moment it may not know of.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Address of a holder who is blocked or has withdrawn consent, where the answer had one. Personal data: never logged.</summary>
    public string? Email { get; private init; }

    /// <summary>What went wrong; only with <see cref="LookupOutcome.Unavailable"/>.</summary>
    public LookupFailure? Failure { get; private init; }

    public static LookupAnswer NotFound { get; } = new() { Outcome = LookupOutcome.NotFound };

    public static LookupAnswer WithoutEmail { get; } = new() { Outcome = LookupOutcome.WithoutEmail };

    public static LookupAnswer Ambiguous { get; } = new() { Outcome = LookupOutcome.Ambiguous };

    public static LookupAnswer Blocked(string? email = null) => new() { Outcome = LookupOutcome.Blocked, Email = email };

    public static LookupAnswer ConsentWithdrawn(string? email = null) => new() { Outcome = LookupOutcome.ConsentWithdrawn, Email = email };

    public static LookupAnswer Found(Customer customer) => new() { Outcome = LookupOutcome.Found, Customer = customer };

    public static LookupAnswer Failed(LookupFailure failure) => new() { Outcome = LookupOutcome.Unavailable, Failure = failure };

    /// <summary>Says what it came to, never who.</summary>
    public override string ToString() => $"LookupAnswer {{ {Outcome} }}";
}
