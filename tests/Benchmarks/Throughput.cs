namespace Benchmarks;

/// <summary>What a run did.</summary>
/// <param name="Orders">Orders that went all the way, warm-up not counted.</param>
/// <param name="Time">From the first one offered to the last one through.</param>
/// <param name="Processor">Processor time by program meanwhile.</param>
internal sealed record Throughput(int Orders, TimeSpan Time, ProcessorTimes Processor)
{
    /// <summary>Orders per second.</summary>
    public double Rate => Orders / Time.TotalSeconds;

    /// <summary>Microseconds of processor time per order, by program.</summary>
    public double Microseconds(string program) => Processor.ByProgram[program].TotalMicroseconds / Orders;

    /// <summary>Microseconds of processor time per order, all programs together.</summary>
    public double MicrosecondsInAll => Processor.ByProgram.Values.Sum(time => time.TotalMicroseconds) / Orders;
}
