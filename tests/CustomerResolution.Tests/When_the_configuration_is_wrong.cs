using CustomerResolution.LookingUpCustomers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerResolution.Tests;

public sealed class When_the_configuration_is_wrong
{
    private static readonly Dictionary<string, string?> Valid = new()
    {
        ["Loyalty:BaseAddress"] = "https://loyalty.example/api",
        ["Loyalty:ApiKey"] = "key",
    };

    [Theory]
    [InlineData("Loyalty:BaseAddress", null, "Loyalty:BaseAddress: is missing: set the address of the loyalty provider")]
    [InlineData("Loyalty:BaseAddress", "loyalty.example", "Loyalty:BaseAddress: is not an http or https address")]
    [InlineData("Loyalty:BaseAddress", "ftp://loyalty.example", "Loyalty:BaseAddress: is not an http or https address")]
    [InlineData("Loyalty:ApiKey", null, "Loyalty:ApiKey: is missing")]
    [InlineData("Loyalty:ApiKey", "two\nlines", "Loyalty:ApiKey: holds a character that a header cannot carry")]
    [InlineData("Loyalty:ApiKeyHeader", "X Api Key", "Loyalty:ApiKeyHeader: is not the name of a header")]
    [InlineData("Loyalty:Timeout", "00:00:00", "Loyalty:Timeout: ")]
    [InlineData("Loyalty:CacheFor", "-00:00:01", "Loyalty:CacheFor: ")]
    [InlineData("Loyalty:CacheMissFor", "2.00:00:00", "Loyalty:CacheMissFor: ")]
    [InlineData("Loyalty:CacheSize", "-1", "Loyalty:CacheSize: ")]
    [InlineData("Loyalty:RequestsPerSecond", "-1", "Loyalty:RequestsPerSecond: ")]
    [InlineData("Loyalty:Concurrency", "0", "Loyalty:Concurrency: ")]
    [InlineData("Loyalty:Lookups:0:Path", "customers", "Loyalty:Lookups:0:Path: must hold {card}")]
    [InlineData("Loyalty:Lookups:0:Path", "https://elsewhere.example/{card}", "Loyalty:Lookups:0:Path: must be an address below BaseAddress")]
    [InlineData("Loyalty:Lookups:0:EmailPath", "", "Loyalty:Lookups:0:EmailPath: is missing")]
    [InlineData("Loyalty:Lookups:0:EmailPath", "email", "Loyalty:Lookups:0:EmailPath: is not a path of the form $.a.b[0].c")]
    [InlineData("Loyalty:Lookups:0:NamePath", "$.a[", "Loyalty:Lookups:0:NamePath: is not a path")]
    [InlineData("Loyalty:Lookups:0:HoldersPath", "items", "Loyalty:Lookups:0:HoldersPath: is not a path")]
    [InlineData("Loyalty:Lookups:0:StatusPath", "$.status", "Loyalty:Lookups:0:BlockedStatuses: is missing")]
    [InlineData("Loyalty:Lookups:0:BlockedStatuses:0", "blocked", "Loyalty:Lookups:0:StatusPath: is missing")]
    [InlineData("Loyalty:Lookups:1:Path", "next/{card}", "Loyalty:Lookups:1: has 2 steps; this version uses the first step only")]
    [InlineData("CustomerContacts:BaseAddress", "https://shop.example", "CustomerContacts:ApiKey: is missing")]
    [InlineData("CustomerContacts:BaseAddress", "shop", "CustomerContacts:BaseAddress: is not an http or https address")]
    [InlineData("CustomerContacts:ApiKey", "key", "CustomerContacts:BaseAddress: is missing")]
    public async Task It_refuses_to_start_and_names_the_key(string key, string? value, string text)
    {
        await using var app = Service(key.StartsWith("Loyalty:Lookups", StringComparison.Ordinal)
            ? new() { ["Loyalty:Lookups:0:Path"] = "customers/{card}", ["Loyalty:Lookups:0:EmailPath"] = "$.email", [key] = value }
            : new() { [key] = value });

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_when_nothing_is_wrong_although_no_provider_answers()
    {
        await using var app = Service(new() { ["Loyalty:BaseAddress"] = "http://127.0.0.1:9" });

        await app.StartAsync();
        await app.StopAsync();
    }

    [Fact]
    public async Task It_takes_a_configured_step_in_place_of_the_built_in_one()
    {
        await using var app = Service(new() { ["Loyalty:Lookups:0:Path"] = "members/{card}", ["Loyalty:Lookups:0:EmailPath"] = "$.mail" });

        var loyalty = app.Services.GetRequiredService<IOptions<LoyaltyOptions>>().Value;

        Assert.Single(loyalty.Lookups!);
        Assert.Equal(("members/{card}", "$.mail", null), (loyalty.Lookup.Path, loyalty.Lookup.EmailPath, loyalty.Lookup.NamePath));
    }

    private static WebApplication Service(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Valid).AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = "http://127.0.0.1:0" });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddCustomerResolution();
        return builder.Build();
    }
}
