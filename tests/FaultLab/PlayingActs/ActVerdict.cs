namespace FaultLab.PlayingActs;

/// <summary>What an act showed.</summary>
internal enum Outcome
{
    /// <summary>The system did what it promises.</summary>
    Kept,

    /// <summary>It did not.</summary>
    Broken,

    /// <summary>The act could not be played as written, so nothing is proven.</summary>
    NotPlayed,
}

/// <param name="Name">Of the act.</param>
/// <param name="Promise">In a sentence.</param>
/// <param name="Outcome">The verdict.</param>
/// <param name="Evidence">Counts and order ids.</param>
/// <param name="Took">From the first service's start to the verdict.</param>
internal sealed record ActVerdict(string Name, string Promise, Outcome Outcome, string Evidence, TimeSpan Took);
