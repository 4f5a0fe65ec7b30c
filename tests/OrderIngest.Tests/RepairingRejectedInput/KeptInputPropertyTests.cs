using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.GuardingSources;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;
using OrderIngest.RepairingRejectedInput;
using OrderIngest.Tests.ReadingOrders;

namespace OrderIngest.Tests.RepairingRejectedInput;

/// <summary>Whatever is rejected of the shipped samples with faults put in, is kept and read again under the same settings: it gives what it gave.</summary>
public sealed partial class KeptInputPropertyTests : IAsyncLifetime
{
    private readonly SqliteFile _database = new();
    private RunningIngest _ingest = null!;

    /// <summary>Source, file, file of lines.</summary>
    public static TheoryData<string, string, string?> Samples => new()
    {
        { "till-de", "flat-semicolon-windows-1252.csv", null },
        { "till-once", "order-columns-once.csv", null },
        { "till-typed", "header-and-line-rows.csv", null },
        { "shop-export", "two-files-orders.csv", "two-files-lines.csv" },
        { "commerce", "d365-transactions.csv", "d365-sales-lines.csv" },
        { "poslog", "poslog.xml", null },
        { "shopify", "shopify.ndjson", null },
        { "square", "square.ndjson", null },
        { "lightspeed", "lightspeed.ndjson", null },
    };

    /// <summary>A value that cannot be read: the very same faults.</summary>
    [Theory, MemberData(nameof(Samples))]
    public async Task Wrong_values_are_told_again(string source, string file, string? lines)
    {
        var seen = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var (first, second) = (await Sample(file), lines is null ? null : await Sample(lines));
            if (second is null || random.Next(2) == 0)
                first = WithWrongValue(first, random);
            else
                second = WithWrongValue(second, random);
            foreach (var (kept, again) in await KeptAndAgain(source, first, second, $"{seed}"))
            {
                seen++;
                Assert.Equal(FaultKind.Of(kept.Entry.Faults), FaultKind.Of([.. again.SelectMany(input => input.Faults)]));
                // Rows of two files do not follow each other.
                if (lines is null)
                    Assert.Equal(kept.Entry.Faults, again.SelectMany(input => input.Faults));
            }
        }
        Assert.True(seen >= 20, $"{seen} rejected");
    }

    /// <summary>Bytes damaged anywhere, or the file cut anywhere: other words perhaps, but nothing that was held back passes by being asked again.</summary>
    [Theory, MemberData(nameof(Samples))]
    public async Task Nothing_of_a_damaged_file_passes_by_itself(string source, string file, string? lines)
    {
        var seen = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var (first, second) = (await Sample(file), lines is null ? null : await Sample(lines));
            first = seed % 3 == 0 ? first[..random.Next(first.Length / 2, first.Length)] : Mutation.Of(first, random);
            foreach (var (kept, again) in await KeptAndAgain(source, first, second, $"{seed}"))
            {
                seen++;
                Assert.True(again.Any(input => input.Faults.Count > 0), $"seed {seed}, {string.Join("; ", kept.Entry.Faults)}");
            }
        }
        Assert.True(seen >= 60, $"{seen} rejected");
    }

    public async ValueTask InitializeAsync()
    {
        var settings = new ConfigurationBuilder().AddJsonFile(ShippedSample.PathOf("sources.json")).Build().AsEnumerable().Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var format in new[] { "poslog", "shopify", "square", "lightspeed" })
            (settings[$"OrderIngest:Sources:{format}:Format"], settings[$"OrderIngest:Sources:{format}:TimeZone"]) = (format, "Europe/Stockholm");
        settings["OrderIngest:Sources:lightspeed:Currency"] = "SEK";
        _ingest = await RunningIngest.Start(_database.ConnectionString, settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static Task<byte[]> Sample(string file) => File.ReadAllBytesAsync(ShippedSample.PathOf(file), TestContext.Current.CancellationToken);

    /// <summary>A word or number below the first line becomes something that is neither.</summary>
    private static byte[] WithWrongValue(byte[] file, Random random)
    {
        var text = Encoding.Latin1.GetString(file);
        var values = Value().Matches(text, text.IndexOf('\n', StringComparison.Ordinal));
        var value = values[random.Next(values.Count)].Groups[1];
        return Encoding.Latin1.GetBytes(text.Remove(value.Index, value.Length).Insert(value.Index, "%%"));
    }

    private async Task<List<(KeptInput Kept, IReadOnlyList<ReadInput> Again)>> KeptAndAgain(string name, byte[] first, byte[]? second, string file)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var services = _ingest.Services;
        var source = services.GetRequiredService<ConfiguredSources>().Find(name)!;
        var origin = new InputOrigin($"import {file}", source.Format, file);
        var rejected = new List<RejectedInput>();
        try
        {
            using var stream = new MemoryStream(first);
            using var lines = second is null ? null : new MemoryStream(second);
            await foreach (var input in services.GetRequiredService<OrderReaders>().Read(stream, lines, source, new(), cancellationToken))
            {
                if (input.Faults.Count > 0)
                    rejected.Add(services.GetRequiredService<OrderIntake>().Rejection(input, RejectionReason.Invalid, null, origin));
            }
        }
        catch (UnreadableHeaderException)
        {
            // Nothing of it is kept.
            return [];
        }
        if (rejected.Count > 0)
            await _ingest.Journal.Keep(rejected, cancellationToken);
        var found = services.GetRequiredService<RejectedInputs>();
        var entries = await found.List(new() { Source = name, File = file }, null, 500, oldestFirst: true, cancellationToken);
        var all = new List<(KeptInput, IReadOnlyList<ReadInput>)>();
        foreach (var kept in await found.Load([.. entries.Select(entry => entry.Id)], name, cancellationToken))
            all.Add((kept, await services.GetRequiredService<ReadingAgain>().Read(kept, null, cancellationToken)));
        return all;
    }

    // What stands between signs of any of the formats, but for names in JSON and XML.
    [GeneratedRegex("""(?<=[;,|>]|": ?"?)([^;,|<>{}\[\]"\r\n]+)(?=[;,|<\r\n"}])(?!"\s*:)""")]
    private static partial Regex Value();
}
