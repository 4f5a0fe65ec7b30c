using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Benchmarks.Measuring;
using Dapper;
using MassTransit;
using Npgsql;
using RealServers;

namespace Benchmarks.Reporting;

/// <summary>Where a run took place: what somebody needs to know who wants to repeat it.</summary>
internal static class Surroundings
{
    private static readonly string[] ServerSettings =
        ["server_version", "synchronous_commit", "fsync", "full_page_writes", "wal_level", "shared_buffers", "max_wal_size", "checkpoint_timeout", "wal_compression", "track_commit_timestamp"];

    /// <summary>Folder of the repository; programs lie five folders below it.</summary>
    public static DirectoryInfo Root { get; } = new(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..")));

    /// <summary>The commit that was measured; with a mark when files differ from it.</summary>
    public static async Task<string> Commit() =>
        await Git("rev-parse", "--short", "HEAD") is { Length: > 0 } commit
            ? await Git("status", "--porcelain", "--untracked-files=no") is { Length: > 0 } ? $"{commit}-modified" : commit
            : "unknown";

    public static async Task<string> Describe(string commandLine) => $"""
        {await Machine()}
        {await Versions()}
        {await PostgreSql()}
        - Queues: durable quorum queues, publisher confirms, mandatory publishing; prefetch {new ServiceDefaults.ConnectingToTheBus.BusOptions().Prefetch}. Services: Development environment, log level Warning, telemetry off, otherwise their defaults.
        - Everything runs on this one machine: services, RabbitMQ (one node), PostgreSQL, stand-ins and load generator share its cores. Processor time is read from the kernel; that of RabbitMQ and PostgreSQL is of all their processes.
        - Command: `{commandLine}`
        """;

    private static async Task<string> Machine()
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
        var memory = double.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024 / 1024;
        var kernel = (await File.ReadAllTextAsync("/proc/sys/kernel/osrelease")).Trim();
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        return string.Create(CultureInfo.InvariantCulture, $"- Machine: {processor}, {Environment.ProcessorCount} cores, {memory:0.0} GiB of memory, {RuntimeInformation.OSDescription}, kernel {kernel}; load at the end {load}. Writing 8 KiB with fsync: {Fsync():0.00} ms (median of 100, disk of the repository).");
    }

    private static async Task<string> Versions()
    {
        var (rabbitMq, erlang) = await TestBroker.Versions();
        return $"- {RuntimeInformation.FrameworkDescription}, MassTransit {VersionOf<IBus>()}, Npgsql {VersionOf<NpgsqlConnection>()}, RabbitMQ {rabbitMq} on Erlang {erlang}.";
    }

    private static async Task<string> PostgreSql()
    {
        await using var database = await TestDatabase.Create();
        await using var connection = new NpgsqlConnection($"{database.ConnectionString};Pooling=false");
        var settings = new List<string>();
        foreach (var setting in ServerSettings)
            settings.Add($"{setting} {await connection.ExecuteScalarAsync<string>($"SHOW {setting}")}");
        var encrypted = await connection.ExecuteScalarAsync<bool>("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
        return $"- PostgreSQL, read from the server: {string.Join(", ", settings)}; connections {(encrypted ? "with" : "without")} TLS (a cluster of the run's own with deploy/postgres/20-settings.sql; {ServerAddresses.PostgresVariable} names another server).";
    }

    private static double Fsync()
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"fsync-{Guid.NewGuid():N}");
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.DeleteOnClose });
        var took = new List<double>();
        for (var write = 0; write < 100; write++)
        {
            var watch = Stopwatch.StartNew();
            file.Write(new byte[8192]);
            file.Flush(flushToDisk: true);
            took.Add(watch.Elapsed.TotalMilliseconds);
        }
        return Statistics.Median(took);
    }

    private static string VersionOf<T>() => typeof(T).Assembly.GetName().Version!.ToString(3);

    private static async Task<string?> Git(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Root.FullName, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = await git.StandardOutput.ReadToEndAsync();
            await git.WaitForExitAsync();
            return git.ExitCode == 0 ? said.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Not installed.
            return null;
        }
    }
}
