namespace Benchmarks;

/// <summary>How much is measured.</summary>
internal sealed record Scale
{
    /// <summary>Orders of one measured pass.</summary>
    public int Orders { get; init; } = 20_000;

    /// <summary>Orders before anything is measured: until then the runtime still compiles, which took a quarter of all processor time of a cold run.</summary>
    public int WarmUp { get; init; } = 25_000;

    /// <summary>Passes of each kind, in turn.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Orders of the function that does one after the other: without latency, and with it.</summary>
    public (int Fast, int Slow) OneAtATime { get; init; } = (5000, 500);

    /// <summary>How long orders are offered at each rate.</summary>
    public TimeSpan AtEachRate { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Orders of the smaller imported file; the larger one has five times as many.</summary>
    public int Imported { get; init; } = 200_000;

    /// <summary>How many finished orders are kept, besides those of the run itself.</summary>
    public IReadOnlyList<int> Kept { get; init; } = [1_000_000, 10_000_000];

    /// <summary>How long nothing is offered, to see what the services do of themselves.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Enough to see that everything works; the figures mean nothing.</summary>
    public static Scale Quick { get; } = new()
    {
        Orders = 1000,
        WarmUp = 1000,
        Rounds = 1,
        OneAtATime = (500, 50),
        AtEachRate = TimeSpan.FromSeconds(3),
        Imported = 10_000,
        Kept = [50_000],
        Rest = TimeSpan.FromSeconds(5),
    };
}
