using CustomerResolution.LookingUpCustomers;
using MassTransit;
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
    [InlineData("Loyalty:RequestsPerSecond", "-1", "Loyalty:RequestsPerSecond: is neither 0 nor from 0.01")]
    [InlineData("Loyalty:RequestsPerSecond", "NaN", "Loyalty:RequestsPerSecond: is neither 0 nor from 0.01")]
    [InlineData("Loyalty:RequestsPerSecond", "1e10", "Loyalty:RequestsPerSecond: is neither 0 nor from 0.01")]
    [InlineData("Loyalty:RequestsPerSecond", "1e-7", "Loyalty:RequestsPerSecond: is neither 0 nor from 0.01")]
    [InlineData("Loyalty:Lookups:0:ContentType", "json", "Loyalty:Lookups:0:ContentType: is neither")]
    [InlineData("Loyalty:Lookups:0:IdentifierPattern", "[0-9", "Loyalty:Lookups:0:IdentifierPattern: is not a regular expression")]
    [InlineData("Loyalty:Lookups:0:IdentifierPattern", "0)|(1", "Loyalty:Lookups:0:IdentifierPattern: is not a regular expression")]
    [InlineData("Loyalty:Lookups:0:IdentifierPattern", "(?=1)1", "Loyalty:Lookups:0:IdentifierPattern: is not a regular expression")]
    [InlineData("Loyalty:Lookups:0:StatusIsOfCard", "true", "Loyalty:Lookups:0:StatusPath: is missing")]
    [InlineData("Loyalty:Concurrency", "0", "Loyalty:Concurrency: ")]
    [InlineData("Loyalty:Lookups:0:Path", "customers", "Loyalty:Lookups:0:Path: must hold {card}")]
    [InlineData("Loyalty:Lookups:0:Path", "https://elsewhere.example/{card}", "Loyalty:Lookups:0:Path: must be an address below BaseAddress")]
    [InlineData("Loyalty:Lookups:0:EmailPath", "", "Loyalty:Lookups:0:EmailPath: is missing")]
    [InlineData("Loyalty:Lookups:0:EmailPath", "email", "Loyalty:Lookups:0:EmailPath: is not a path of the form $.a.b[0].c")]
    [InlineData("Loyalty:Lookups:0:NamePath", "$.a[", "Loyalty:Lookups:0:NamePath: is not a path")]
    [InlineData("Loyalty:Lookups:0:HoldersPath", "items", "Loyalty:Lookups:0:HoldersPath: is not a path")]
    [InlineData("Loyalty:Lookups:0:StatusPath", "$.status", "Loyalty:Lookups:0:BlockedStatuses: is missing")]
    [InlineData("Loyalty:Lookups:0:BlockedStatuses:0", "blocked", "Loyalty:Lookups:0:StatusPath: is missing")]
    [InlineData("Loyalty:Lookups:0:By", "Card", "Loyalty:Lookups:0:By")]
    [InlineData("Loyalty:Lookups:0:Paht", "x", "'Paht'")]
    [InlineData("Loyalty:Lookups:0:NotFoundWhen:0:Missing", "ture", "Loyalty:Lookups:0:NotFoundWhen:0:Missing")]
    [InlineData("Loyalty:Lookups:0:NotFoundStatuses:0", "none", "Loyalty:Lookups:0:NotFoundStatuses:0")]
    [InlineData("Loyalty:Lookups:0:By", "Phone", "Loyalty:Lookups:0:Path: uses {card}, but this is a look-up by Phone")]
    [InlineData("Loyalty:Lookups:0:Method", "get", "Loyalty:Lookups:0:Method: is none of GET, POST, PUT, PATCH")]
    [InlineData("Loyalty:Lookups:0:Path", "../{card}", "Loyalty:Lookups:0:Path: must be an address below BaseAddress")]
    [InlineData("Loyalty:Lookups:0:Path", "{program}/{card}", "Loyalty:Lookups:0:Path: uses {program}, which no earlier step takes and which is not set as Loyalty:Values:program")]
    [InlineData("Loyalty:Lookups:0:Headers:X Id", "1", "Loyalty:Lookups:0:Headers:X Id: is not the name of a header")]
    [InlineData("Loyalty:Lookups:0:Headers:Content-Type", "text/plain", "Loyalty:Lookups:0:Headers:Content-Type: belongs to the transport")]
    [InlineData("Loyalty:Lookups:0:Headers:X-Id", "a\nb", "Loyalty:Lookups:0:Headers:X-Id: holds a character")]
    [InlineData("Loyalty:Lookups:0:Headers:X-Id", "{id}", "Loyalty:Lookups:0:Headers:X-Id: uses {id}")]
    [InlineData("Loyalty:Lookups:0:Body", "{}", "Loyalty:Lookups:0:Body: has no effect with GET")]
    [InlineData("Loyalty:Lookups:0:Take:my-id", "$.id", "Loyalty:Lookups:0:Take:my-id: is not a name")]
    [InlineData("Loyalty:Lookups:0:Take:id", "id", "Loyalty:Lookups:0:Take:id: is not a path")]
    [InlineData("Loyalty:Lookups:0:Take:card", "$.id", "Loyalty:Lookups:0:Take:card: stands for something else")]
    [InlineData("Loyalty:Lookups:0:MatchPath", "x", "Loyalty:Lookups:0:MatchPath: is not a path")]
    [InlineData("Loyalty:Lookups:0:ConsentPath", "$.consent", "Loyalty:Lookups:0:WithdrawnConsents: is missing")]
    [InlineData("Loyalty:Lookups:0:GivenConsents:0", "yes", "Loyalty:Lookups:0:ConsentPath: is missing")]
    [InlineData("Loyalty:Lookups:0:NotFoundStatuses:0", "500", "Loyalty:Lookups:0:NotFoundStatuses:0: is not a status that can mean nobody")]
    [InlineData("Loyalty:Lookups:0:NotFoundWhen:0:Path", "$.code", "Loyalty:Lookups:0:NotFoundWhen:0:Values: must be set, or else Missing=true")]
    [InlineData("Loyalty:Lookups:0:BusyWhen:0:Values:0", "1", "Loyalty:Lookups:0:BusyWhen:0:Path: is not a path")]
    [InlineData("Loyalty:Lookups:1:Path", "next", "Loyalty:Lookups:1:Path: must hold {card}")]
    [InlineData("Loyalty:Lookups:1:Path", "next/{id}", "Loyalty:Lookups:1:Path: uses {id}, which no earlier step takes")]
    [InlineData("Loyalty:Values:email", "x", "Loyalty:Values:email: is the name of an identifier")]
    [InlineData("Loyalty:Values:a-b", "x", "Loyalty:Values:a-b: is not a name")]
    [InlineData("Loyalty:Headers:X Id", "x", "Loyalty:Headers:X Id: is not the name of a header")]
    [InlineData("Loyalty:Provider", "Unheard", "Loyalty:Provider: is none of the ready configurations: ")]
    [InlineData("Loyalty:ApiKeyPrefix", "a\nb", "Loyalty:ApiKeyPrefix: holds a character that a header cannot carry")]
    [InlineData("Loyalty:Authentication:Kind", "Basic", "Loyalty:Authentication:ClientId: is missing: Basic needs it")]
    [InlineData("Loyalty:Authentication:Kind", "OAuth2ClientCredentials", "Loyalty:Authentication:TokenAddress: is missing")]
    [InlineData("Loyalty:Authentication:Kind", "Hmac", "Loyalty:Authentication:Secret: is missing")]
    [InlineData("Loyalty:Authentication:Kind", "Escher", "Loyalty:Authentication:CredentialScope: is missing")]
    [InlineData("Loyalty:Authentication:CredentialScope", "{region}/api", "Loyalty:Authentication:CredentialScope: uses {region}, which is not set as Loyalty:Values:region")]
    [InlineData("Loyalty:Authentication:TokenAddress", "ftp://loyalty.example/token", "Loyalty:Authentication:TokenAddress: is not an http or https address")]
    [InlineData("Loyalty:Authentication:Secret", "s", "Loyalty:Authentication:Secret: has no effect with Kind Header")]
    [InlineData("Loyalty:Authentication:Algorithm", "MD5", "Loyalty:Authentication:Algorithm: is none of SHA256, SHA512")]
    [InlineData("Loyalty:Authentication:Signed", "{stamp}", "Loyalty:Authentication:Signed: uses {stamp}, which is none of")]
    [InlineData("Loyalty:Authentication:TimestampHeader", "a b", "Loyalty:Authentication:TimestampHeader: is not the name of a header")]
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

        var step = Assert.Single(loyalty.Steps);
        Assert.Equal(("members/{card}", "$.mail", null), (step.Path, step.EmailPath, step.NamePath));
    }

    [Theory]
    [InlineData("""{"card":{card}}""", "is not JSON whose placeholders stand inside quotes")]
    [InlineData("""{"card":"{card}" """, "is not JSON whose placeholders stand inside quotes")]
    [InlineData("""{"card":"{id}"}""", "uses {id}, which is taken only later")]
    public async Task It_refuses_a_body_that_a_value_could_change_or_that_comes_too_early(string body, string text)
    {
        await using var app = Service(new()
        {
            ["Loyalty:Lookups:0:Method"] = "POST",
            ["Loyalty:Lookups:0:Path"] = "search",
            ["Loyalty:Lookups:0:Body"] = body,
            ["Loyalty:Lookups:0:Take:id"] = "$.id",
            ["Loyalty:Lookups:1:Path"] = "customers/{id}",
            ["Loyalty:Lookups:1:EmailPath"] = "$.email",
        });

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains($"Loyalty:Lookups:0:Body: {text}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_names_the_last_step_of_a_look_up_that_ends_without_an_email()
    {
        await using var app = Service(new() { ["Loyalty:Lookups:0:Path"] = "a/{card}", ["Loyalty:Lookups:1:Path"] = "b/{card}" });

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains("Loyalty:Lookups:1:EmailPath: is missing", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BlockedStatuses", "AllowedStatuses", "StatusPath")]
    [InlineData("WithdrawnConsents", "GivenConsents", "ConsentPath")]
    public async Task It_refuses_values_that_contradict_each_other(string forbidding, string allowing, string path)
    {
        await using var app = Service(new()
        {
            ["Loyalty:Lookups:0:Path"] = "customers/{card}",
            ["Loyalty:Lookups:0:EmailPath"] = "$.email",
            [$"Loyalty:Lookups:0:{path}"] = "$.a",
            [$"Loyalty:Lookups:0:{forbidding}:0"] = "no",
            [$"Loyalty:Lookups:0:{allowing}:0"] = "yes",
        });

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains($"Loyalty:Lookups:0:{allowing}: contradicts {forbidding}", refusal.Message, StringComparison.Ordinal);
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
        builder.Services.AddMassTransit(bus => bus.UsingInMemory());
        return builder.Build();
    }
}
