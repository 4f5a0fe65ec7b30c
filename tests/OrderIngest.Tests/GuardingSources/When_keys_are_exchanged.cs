using MessageExamples;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.Tests.GuardingSources;

public sealed class When_keys_are_exchanged : IAsyncLifetime
{
    private readonly SqliteFile _database = new();

    [Fact]
    public async Task Old_and_new_are_valid_at_once_until_the_old_one_is_taken_away()
    {
        var both = Keys(("first", null, null), ("second", null, null));
        await using (var ingest = await GuardedIngest.Start(_database.ConnectionString, both))
        {
            Assert.Equal((202, null), await (await ingest.Post(GuardedIngest.Order("1"), "/orders", key: "first")).Says());
            Assert.Equal((202, null), await (await ingest.Post(GuardedIngest.Order("2"), "/orders", key: "second")).Says());
            Assert.Equal((202, null), await (await ingest.Post(GuardedIngest.Order("3"), "/orders", key: GuardedIngest.PosKey)).Says());
            // One source, whatever the key: what came with the one is seen with the other.
            using var posted = await ingest.Post(GuardedIngest.Order("1"), "/orders", key: "second");
            Assert.Equal(200, (await (await ingest.Get(posted.Headers.Location!.ToString(), "first")).Says()).Status);
            Assert.Equal((403, "another-source"), await (await ingest.Post(GuardedIngest.Order("1"), "/orders?source=web", key: "second")).Says());
        }
        await using var later = await GuardedIngest.Start(_database.ConnectionString, Keys(("second", null, null)));
        Assert.Equal((401, "no-valid-key"), await (await later.Post(GuardedIngest.Order("4"), "/orders", key: "first")).Says());
        Assert.Equal((202, null), await (await later.Post(GuardedIngest.Order("4"), "/orders", key: "second")).Says());
    }

    [Fact]
    public async Task A_key_out_of_its_time_is_refused_in_the_words_for_an_unknown_one()
    {
        await using var ingest = await GuardedIngest.Start(_database.ConnectionString, Keys(
            ("ended", null, "2026-01-31T12:00:00Z"), ("to come", "2999-01-01", null), ("now", "2026-01-01", "2999-12-31")));
        var answers = new List<string>();
        foreach (var key in new[] { "ended", "to come", "nobody's" })
        {
            using var response = await ingest.Post(GuardedIngest.Order("1"), "/orders", key: key);
            Assert.Equal(401, (int)response.StatusCode);
            Assert.StartsWith("ApiKey", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            var answer = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
            answer.Remove("traceId");
            answers.Add(answer.ToJsonString());
        }
        Assert.Single(answers.Distinct());
        Assert.Equal((202, null), await (await ingest.Post(GuardedIngest.Order("1"), "/orders", key: "now")).Says());
    }

    [Theory]
    [InlineData("2026-11-20T11:59:59Z", false)]
    [InlineData("2026-11-20T12:00:00Z", true)]
    [InlineData("2026-11-21T00:00:00Z", true)]
    [InlineData("2026-11-21T00:00:00.001Z", false)]
    public void Both_ends_of_a_keys_time_belong_to_it(string now, bool valid)
    {
        // Without an offset a time is UTC, whatever the machine's zone.
        var key = new SourceKey(new("pos", new()), "new", new() { Hash = new('a', 64), NotBefore = "2026-11-20T13:00:00+01:00", NotAfter = "2026-11-21" });
        Assert.Equal(valid, key.IsValid(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_key_ends_while_the_service_runs()
    {
        var time = new ManualTime(new(2026, 11, 22, 11, 59, 0, TimeSpan.Zero));
        await using var ingest = await GuardedIngest.Start(
            _database.ConnectionString, Keys(("old", null, "2026-11-22T12:00:00Z")), builder => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(builder.Services, time));
        Assert.Equal(202, (await (await ingest.Post(GuardedIngest.Order("1"), "/orders", key: "old")).Says()).Status);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(401, (await (await ingest.Post(GuardedIngest.Order("2"), "/orders", key: "old")).Says()).Status);
    }

    [Theory]
    [InlineData("OrderIngest:Sources:pos:ApiKeys:0:Hash", "abc")]
    [InlineData("OrderIngest:Sources:pos:ApiKeys:0:NotAfter", "31.01.2027")]
    [InlineData("OrderIngest:Sources:pos:ApiKeys:0:NotBefore", "01/02/2027")]
    [InlineData("OrderIngest:Sources:pos:ApiKeys:0:Name", "no hash", "OrderIngest:Sources:pos:ApiKeys:0:Hash")]
    [InlineData("OrderIngest:Sources:pos:ApiKeys:0:Stores:0", " ", "OrderIngest:Sources:pos:ApiKeys:0:Stores")]
    [InlineData("OrderIngest:Sources:pos:Signature:Secrets:0", "c2hvcnQ=")]
    [InlineData("OrderIngest:Sources:pos:Signature:Secrets:0", "%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%")]
    [InlineData("OrderIngest:Sources:pos:Signature:Window", "02:00:00")]
    [InlineData("OrderIngest:Sources:pos:RequestsPerSecond", "-1")]
    [InlineData("OrderIngest:Sources:pos:ConcurrentBatches", "0")]
    [InlineData("OrderIngest:MaxSignedBatchBytes", "0")]
    [InlineData("OrderIngest:RefusedRequestsPerMinute", "0")]
    public async Task A_setting_that_is_wrong_is_named_at_start(string key, string value, string? named = null)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => GuardedIngest.Start(_database.ConnectionString, new() { [key] = value }));
        Assert.Contains($"{named ?? key}: ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_cannot_be_two_and_both_settings_are_named()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => GuardedIngest.Start(_database.ConnectionString, new()
        {
            ["OrderIngest:Sources:web:ApiKeys:1:Hash"] = ApiKeys.Hash(GuardedIngest.PosKey).ToUpperInvariant(),
            ["OrderIngest:Sources:web:ApiKeys:0:Hash"] = ApiKeys.Hash("another"),
        }));
        Assert.Contains("OrderIngest:Sources:pos:ApiKeyHash", exception.Message, StringComparison.Ordinal);
        Assert.Contains("OrderIngest:Sources:web:ApiKeys:1:Hash", exception.Message, StringComparison.Ordinal);
        var within = await Assert.ThrowsAsync<OptionsValidationException>(() => GuardedIngest.Start(
            _database.ConnectionString, new() { ["OrderIngest:Sources:pos:ApiKeys:0:Hash"] = ApiKeys.Hash(GuardedIngest.PosKey) }));
        Assert.Contains("OrderIngest:Sources:pos:ApiKeys:0:Hash", within.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_without_required_keys_is_refused_at_start()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => GuardedIngest.Start(
            _database.ConnectionString, new() { ["OrderIngest:RequireApiKey"] = "false", ["OrderIngest:Sources:pos:Signature:Secrets:0"] = Convert.ToBase64String(new byte[32]) }));
        Assert.Contains("OrderIngest:RequireApiKey", exception.Message, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static Dictionary<string, string?> Keys(params (string Key, string? NotBefore, string? NotAfter)[] keys)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var ((key, notBefore, notAfter), n) in keys.Select((key, n) => (key, n)))
        {
            settings[$"OrderIngest:Sources:pos:ApiKeys:{n}:Hash"] = ApiKeys.Hash(key);
            if (notBefore is not null)
                settings[$"OrderIngest:Sources:pos:ApiKeys:{n}:NotBefore"] = notBefore;
            if (notAfter is not null)
                settings[$"OrderIngest:Sources:pos:ApiKeys:{n}:NotAfter"] = notAfter;
        }
        return settings;
    }
}
