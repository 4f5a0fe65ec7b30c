namespace CustomerResolution.LookingUpCustomers;

/// <summary>What a step's answer means: the end of the look-up, or a holder with whom the next step goes on.</summary>
/// <param name="Ended">The look-up's answer; null when it goes on.</param>
/// <param name="Holder">What is known by now; null at the end.</param>
internal readonly record struct StepAnswer(LookupAnswer? Ended, KnownHolder? Holder)
{
    public static StepAnswer End(LookupAnswer answer) => new(answer, null);

    public static StepAnswer End(LookupFailure failure) => End(LookupAnswer.Failed(failure));

    public static StepAnswer GoOn(KnownHolder holder) => new(null, holder);
}
