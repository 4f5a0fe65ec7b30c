using System.Globalization;
using RunningSystem;

namespace Benchmarks;

/// <summary>Processor time, user and kernel, by program: this process, the services, RabbitMQ (all its processes), PostgreSQL (all its processes).</summary>
internal sealed record ProcessorTimes(IReadOnlyDictionary<string, TimeSpan> ByProgram)
{
    // The kernel's clock ticks: 100 a second on every Linux this runs on (getconf CLK_TCK).
    private const double TicksPerSecond = 100;

    /// <summary>Reads the counters of now.</summary>
    /// <param name="own">Whether this process takes part, as load generator or as the thing measured.</param>
    /// <param name="services">Services to list one by one.</param>
    public static ProcessorTimes Read(bool own, params IEnumerable<ServiceProcess> services)
    {
        var times = services.ToDictionary(service => service.Name, service => service.ProcessorTime);
        if (own)
            times["this process"] = Environment.CpuUsage.TotalTime;
        times["RabbitMQ"] = Of("beam.smp");
        times["PostgreSQL"] = Of("postgres");
        return new(times);
    }

    public static ProcessorTimes operator -(ProcessorTimes later, ProcessorTimes earlier) =>
        new(later.ByProgram.ToDictionary(time => time.Key, time => time.Value - earlier.ByProgram.GetValueOrDefault(time.Key)));

    /// <summary>Microseconds per order, by program and in all.</summary>
    public string PerOrder(int orders) => string.Join(", ", ByProgram.Append(new("all", TimeSpan.FromTicks(ByProgram.Values.Sum(time => time.Ticks))))
        .Select(time => string.Create(CultureInfo.InvariantCulture, $"{time.Key} {time.Value.TotalMicroseconds / orders:0}")));

    // A process that has ended meanwhile is counted by its parent, in the fields for children.
    private static TimeSpan Of(string program) => TimeSpan.FromSeconds(Directory.GetDirectories("/proc").Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit)).Sum(folder =>
    {
        try
        {
            var stat = File.ReadAllText($"{folder}/stat");
            var nameEnds = stat.LastIndexOf(')');
            if (stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..nameEnds] != program)
                return 0;
            var fields = stat[(nameEnds + 2)..].Split(' ');
            return fields[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // It ended between listing and reading.
            return 0;
        }
    }) / TicksPerSecond);
}
