namespace Benchmarks;

/// <summary>What a run did.</summary>
/// <param name="Orders">Orders that went all the way, warm-up not counted.</param>
/// <param name="Time">From the first one offered to the last one through.</param>
/// <param name="Processor">Processor time by program meanwhile.</param>
internal sealed record Throughput(int Orders, TimeSpan Time, ProcessorTimes Processor)
{
    /// <summary>Orders per second.</summary>
    public double Rate => Orders / Time.TotalSeconds;

    /// <summary>Lost and doubled, where that was checked.</summary>
    public RunningSystem.Law? Law { get; init; }
}
