using Microsoft.Extensions.Options;

namespace OrderIngest.Tests.RunningTheService;

public sealed class When_a_setting_is_wrong
{
    [Theory]
    [InlineData("OrderIngest:Sources:pos:ApiKeyHash", "abc")]
    [InlineData("OrderIngest:Sources:pos:TimeZone", "Mars/Olympus")]
    [InlineData("OrderIngest:Sources:pos:Stores:7:TimeZone", "Mars/Olympus")]
    [InlineData("OrderIngest:Journeys:BaseAddress", "ftp://journeys")]
    [InlineData("OrderIngest:RelayBatchSize", "0")]
    [InlineData("OrderIngest:MaxLines", "0")]
    [InlineData("OrderIngest:AcknowledgeWithin", "00:00:00")]
    [InlineData("OrderIngest:Sources:pos:Inbox", " ")]
    [InlineData("OrderIngest:InboxPollInterval", "00:00:00")]
    [InlineData("OrderIngest:InboxQuietTime", "-00:00:01")]
    [InlineData("OrderIngest:InboxLease", "00:00:00.5")]
    [InlineData("OrderIngest:MaxBatchBytes", "1000")]
    public async Task The_service_does_not_start_and_names_the_key(string key, string value)
    {
        await using var database = new SqliteFile();
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningIngest.Start(database.ConnectionString, new() { [key] = value }));
        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_Development_some_source_needs_a_key()
    {
        await using var database = new SqliteFile();
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningIngest.Start(database.ConnectionString, environment: "Production"));
        Assert.Contains("OrderIngest:Sources:<source>:ApiKeyHash", exception.Message, StringComparison.Ordinal);
        await using var started = await RunningIngest.Start(database.ConnectionString, new() { ["OrderIngest:RequireApiKey"] = "false" }, environment: "Production");
    }

    [Fact]
    public async Task Two_sources_cannot_share_a_key()
    {
        await using var database = new SqliteFile();
        var hash = new string('a', 64);
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningIngest.Start(
            database.ConnectionString, new() { ["OrderIngest:Sources:pos:ApiKeyHash"] = hash, ["OrderIngest:Sources:web:ApiKeyHash"] = hash.ToUpperInvariant() }));
        Assert.Contains("ApiKeyHash", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sources_cannot_share_an_inbox()
    {
        await using var database = new SqliteFile();
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningIngest.Start(
            database.ConnectionString, new() { ["OrderIngest:Sources:pos:Inbox"] = "/tills/in", ["OrderIngest:Sources:web:Inbox"] = "/tills/x/../in/" }));
        Assert.Contains("Inbox: is the inbox of pos and web", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_address_of_the_journeys_health_names_the_key()
    {
        await using var database = new SqliteFile();
        await using var ingest = await RunningIngest.Start(database.ConnectionString);
        Assert.Contains("OrderIngest:Journeys:BaseAddress", (await ingest.Health()).GetProperty("checks").GetProperty("journeys").GetProperty("says").GetString(), StringComparison.Ordinal);
    }
}
