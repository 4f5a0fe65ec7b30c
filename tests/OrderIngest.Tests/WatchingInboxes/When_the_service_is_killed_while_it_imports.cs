using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using OrderIngest.Tests.ReadingOrders;
using RealServers;

namespace OrderIngest.Tests.WatchingInboxes;

/// <summary>The program itself, killed without a word (SIGKILL) at random places of an import and started again.</summary>
public abstract class When_the_service_is_killed_while_it_imports : OnEitherDatabase
{
    private const int Orders = 12_000, BatchSize = 20, Faulty = 40, Kills = 4;

    // Compiled ahead of time where the whole run has made that: it is started twenty times here.
    private static readonly string Program = Environment.GetEnvironmentVariable("TEST_PROGRAMS") is { Length: > 0 } programs
        ? Path.Combine(programs, "OrderIngest.dll") : typeof(OrderIngestService).Assembly.Location;

    private readonly InboxFolder _folder = new();
    private readonly Uri _address = FreeAddress();
    private Process? _process;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_order_is_there_once_and_the_counts_are_right(int seed)
    {
        var random = new Random(seed);
        _folder.Deliver("day.csv", FlatFile.Of(
            [.. Enumerable.Range(0, Orders).Select(n => n % (Orders / Faulty) == 7 ? Submitted.Order($"{n}") with { Kind = "gift" } : Submitted.Order($"{n}"))]));
        using var http = new HttpClient { BaseAddress = _address };
        var killedAt = new List<long>();
        while (killedAt.Count < Kills)
        {
            Start();
            var from = killedAt.LastOrDefault();
            var target = from + random.Next((int)(Orders - from) / 2) + 1;
            var (state, inputs) = await Eventually.Becomes(() => Progress(http), now => now.State is "done-with-rejections" || now.Inputs >= target, TimeSpan.FromSeconds(60), $"input {target}");
            await Kill();
            Assert.True(state != "done-with-rejections", $"seed {seed}: the import was over before it was killed {killedAt.Count + 1} times; make the file larger");
            killedAt.Add(inputs);
        }
        Start();
        await Eventually.Becomes(() => Progress(http), now => now.State == "done-with-rejections", TimeSpan.FromSeconds(90), "the file");
        var file = (await http.GetFromJsonAsync<JsonElement>("/files")).GetProperty("files").EnumerateArray().Single();
        await Eventually.Becomes(() => Task.FromResult(_folder.In("done").Length), count => count == 1);
        await Kill();

        var (accepted, duplicates) = (file.GetProperty("accepted").GetInt32(), file.GetProperty("duplicates").GetInt32());
        Assert.Equal(Orders - Faulty, accepted + duplicates);
        // At most the one batch that was being written at each kill.
        Assert.InRange(duplicates, 0, Kills * BatchSize);
        Assert.Equal((Faulty, 0, Orders), (file.GetProperty("rejected").GetInt32(), file.GetProperty("conflicts").GetInt32(), file.GetProperty("rows").GetInt32()));
        await using var after = await RunningIngest.Start(Database, listen: false);
        var journal = await after.Journal.Count(default);
        Assert.Equal((Orders - Faulty, Faulty), (journal.Accepted, journal.RejectedInputs));
        Assert.Equal(killedAt.Order(), killedAt);
    }

    protected override async Task End()
    {
        if (_process is { HasExited: false })
            await Kill();
        _process?.Dispose();
        _folder.Dispose();
    }

    private static async Task<(string State, long Inputs)> Progress(HttpClient http)
    {
        try
        {
            var files = (await http.GetFromJsonAsync<JsonElement>("/files")).GetProperty("files");
            return files.GetArrayLength() == 0 ? ("", 0) : (
                files[0].GetProperty("state").GetString()!,
                new[] { "accepted", "duplicates", "conflicts", "rejected", "skipped" }.Sum(count => files[0].GetProperty(count).GetInt64()));
        }
        catch (HttpRequestException)
        {
            // It is still starting.
            return ("", 0);
        }
    }

    private void Start()
    {
        var start = new ProcessStartInfo("dotnet", [Program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = _address.ToString(),
                // A broker that is away: publishing thousands of orders is no part of this, and an import does not wait for it.
                ["Bus__Transport"] = "RabbitMq",
                ["Bus__ConnectionString"] = "amqp://guest:guest@127.0.0.1:1/away",
                ["Database__ConnectionString"] = Database,
                ["OrderIngest__Sources__pos__Inbox"] = _folder.Root,
                ["OrderIngest__JournalBatchSize"] = $"{BatchSize}",
                ["OrderIngest__InboxPollInterval"] = "00:00:00.1",
                ["OrderIngest__InboxQuietTime"] = "00:00:00.1",
                ["OrderIngest__InboxLease"] = "00:00:01",
                // It lives for seconds: compiling what is hot a second time is not won back.
                ["DOTNET_TC_CallCounting"] = "0",
            },
        };
        _process?.Dispose();
        _process = Process.Start(start)!;
        // Nobody reads what it says; a full pipe would hold it up.
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}

public sealed class When_the_service_is_killed_while_it_imports_on_PostgreSql : When_the_service_is_killed_while_it_imports
{
    protected override bool OnPostgres => true;
}

public sealed class When_the_service_is_killed_while_it_imports_on_Sqlite : When_the_service_is_killed_while_it_imports
{
    protected override bool OnPostgres => false;
}
