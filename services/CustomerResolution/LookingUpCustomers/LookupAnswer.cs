using Contracts.CustomerResolution;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>A provider's answer, or the lack of one.</summary>
internal sealed record LookupAnswer
{
    private LookupAnswer() { }

    public LookupOutcome Outcome { get; private init; }

    /// <summary>The holder; only with <see cref="LookupOutcome.Found"/>.</summary>
    public Customer? Customer { get; private init; }

    /// <summary>What went wrong; only with <see cref="LookupOutcome.Unavailable"/>.</summary>
    public LookupFailure? Failure { get; private init; }

    public static LookupAnswer NotFound { get; } = new() { Outcome = LookupOutcome.NotFound };

    public static LookupAnswer WithoutEmail { get; } = new() { Outcome = LookupOutcome.WithoutEmail };

    public static LookupAnswer Ambiguous { get; } = new() { Outcome = LookupOutcome.Ambiguous };

    public static LookupAnswer Blocked { get; } = new() { Outcome = LookupOutcome.Blocked };

    public static LookupAnswer Found(Customer customer) => new() { Outcome = LookupOutcome.Found, Customer = customer };

    public static LookupAnswer Failed(LookupFailure failure) => new() { Outcome = LookupOutcome.Unavailable, Failure = failure };
}
