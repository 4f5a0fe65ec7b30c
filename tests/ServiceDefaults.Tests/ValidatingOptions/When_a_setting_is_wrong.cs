using System.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.UsingTheDatabase;

namespace ServiceDefaults.Tests.ValidatingOptions;

public sealed class When_a_setting_is_wrong
{
    private static readonly Dictionary<string, string?> Sound = new()
    {
        ["Bus:Transport"] = "InMemory",
        ["Database:ConnectionString"] = "Data Source=:memory:",
    };

    [Theory]
    [InlineData("Bus:Transport", null, "is missing")]
    [InlineData("Bus:Transport", "Pigeon", "Pigeon")]
    [InlineData("Bus:Prefetch", "0", "between 1 and 1000")]
    [InlineData("Bus:RedeclareEvery", "00:00:00", "between 00:00:01 and 01:00:00")]
    [InlineData("Bus:MaxMessageBytes", "1000", "between 131072 and 134217728")]
    [InlineData("Bus:ManagementAddress", "rabbitmq:15672", "is not an http or https address")]
    [InlineData("Bus:AdministrationConnectionString", "Endpoint=sb://localhost:5300", "is for Transport AzureServiceBus with the emulator only")]
    [InlineData("Database:ConnectionString", null, "is missing")]
    [InlineData("Database:ConnectionString", "nonsense", "is not a list of key=value")]
    [InlineData("Database:ConnectionString", "Server=x", "has neither Host (PostgreSQL) nor Data Source (SQLite)")]
    [InlineData("Database:RequestPatience", "00:02:00", "between 00:00:00.1000000 and 00:01:00")]
    [InlineData("Telemetry:OtlpEndpoint", "collector", "is not an http or https address")]
    [InlineData("Telemetry:OtlpProtocol", "telex", "is neither grpc nor http")]
    [InlineData("Access:ApiKeyHashes:0", "a key, not its hash", "is not a SHA-256")]
    public async Task The_service_does_not_start_and_names_the_key(string key, string? value, string says)
    {
        var settings = new Dictionary<string, string?>(Sound) { [key] = value };

        var refusal = await Refusal(settings);

        Assert.Contains(key.Replace(":0", "", StringComparison.Ordinal), refusal, StringComparison.Ordinal);
        Assert.Contains(says, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transport_that_needs_an_address_asks_for_it() =>
        Assert.Contains("Bus:ConnectionString: is missing: RabbitMq needs it", await Refusal(new(Sound) { ["Bus:Transport"] = "RabbitMq" }), StringComparison.Ordinal);

    [Fact]
    public async Task An_address_that_is_no_amqp_address_is_named_without_its_password()
    {
        var refusal = await Refusal(new(Sound) { ["Bus:Transport"] = "RabbitMq", ["Bus:ConnectionString"] = "http://user:topsecret@broker" });

        Assert.Contains("Bus:ConnectionString: is not of the form amqp://", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_in_a_section_is_said_at_once()
    {
        var refusal = await Refusal(new(Sound) { ["Telemetry:OtlpEndpoint"] = "collector", ["Telemetry:OtlpProtocol"] = "telex" });

        Assert.Contains("Telemetry:OtlpEndpoint", refusal, StringComparison.Ordinal);
        Assert.Contains("Telemetry:OtlpProtocol", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sound_settings_start()
    {
        await using var app = Host(Sound).Build();

        await app.StartAsync(A.Token);
        await app.StopAsync(A.Token);
    }

    private static Task<string> Refusal(Dictionary<string, string?> settings) => A.RefusalOf(() => Host(settings));

    private static Microsoft.AspNetCore.Builder.WebApplicationBuilder Host(Dictionary<string, string?> settings)
    {
        var builder = A.Host(settings);
        builder.AddServiceDatabase("Test", Assembly.GetExecutingAssembly());
        builder.AddServiceBus(HealthStatus.Degraded);
        return builder;
    }
}
