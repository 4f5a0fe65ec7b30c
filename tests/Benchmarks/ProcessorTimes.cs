using System.Globalization;
using RunningSystem;

namespace Benchmarks;

/// <summary>Processor time, user and kernel, by program: this process, the services, RabbitMQ (all its processes), PostgreSQL (all its processes).</summary>
internal sealed record ProcessorTimes(IReadOnlyDictionary<string, TimeSpan> ByProgram)
{
    // The kernel's clock ticks: 100 a second on every Linux this runs on (getconf CLK_TCK).
    private const double TicksPerSecond = 100;

    /// <summary>This process: load generator and stand-ins, or the bare pipeline.</summary>
    public const string Own = "this process";

    /// <summary>All processes of the server.</summary>
    public const string RabbitMq = "RabbitMQ", PostgreSql = "PostgreSQL";

    /// <summary>Reads the counters of now.</summary>
    /// <param name="services">Services to list one by one.</param>
    public static ProcessorTimes Read(params IEnumerable<ServiceProcess> services)
    {
        var times = services.ToDictionary(service => service.Name, service => service.ProcessorTime);
        times[Own] = Environment.CpuUsage.TotalTime;
        times[RabbitMq] = Of("beam.smp");
        times[PostgreSql] = Of("postgres");
        return new(times);
    }

    public static ProcessorTimes operator -(ProcessorTimes later, ProcessorTimes earlier) =>
        new(later.ByProgram.ToDictionary(time => time.Key, time => time.Value - earlier.ByProgram.GetValueOrDefault(time.Key)));

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
