using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerResolution.Tests.ResolvingCustomers;

public sealed class When_the_rules_of_identity_are_wrong
{
    [Theory]
    [InlineData("Loyalty:IdentifyBy:0", "Emial", "Loyalty:IdentifyBy:0: is none of OrderEmail, LoyaltyProvider, WebShopContacts, CustomerNumber, Phone, Email")]
    [InlineData("Loyalty:IdentifyBy:0", "1", "Loyalty:IdentifyBy:0: is none of")]
    [InlineData("Loyalty:IdentifyBy:1", "phone", "Loyalty:IdentifyBy:1: names Phone a second time")]
    [InlineData("Loyalty:SharedCardOrdersPerDay", "-1", "Loyalty:SharedCardOrdersPerDay: ")]
    [InlineData("Loyalty:WeakIdentifiers:Emails:0", "store.example", "Loyalty:WeakIdentifiers:Emails:0: can be no such thing")]
    [InlineData("Loyalty:WeakIdentifiers:Cards:0", "*", "Loyalty:WeakIdentifiers:Cards:0: takes * at either end only")]
    [InlineData("Loyalty:WeakIdentifiers:Phones:0", "0123 4567", "Loyalty:WeakIdentifiers:Phones:0: can be no such thing")]
    [InlineData("CardNumbers:PadTo", "65", "CardNumbers:PadTo: ")]
    [InlineData("CardNumbers:CheckDigit", "7", "CardNumbers:CheckDigit: is none of None, Luhn, Ean")]
    [InlineData("CardNumbers:Prefix", "LC-", "CardNumbers:Prefix: must be letters and digits")]
    [InlineData("PhoneNumbers:DefaultCountryCode", "+44", "PhoneNumbers:DefaultCountryCode: is not a country code")]
    [InlineData("PhoneNumbers:TrunkPrefix", "zero", "PhoneNumbers:TrunkPrefix: is not a trunk prefix")]
    [InlineData("PhoneNumbers:InternationalPrefix", "+", "PhoneNumbers:InternationalPrefix: is not what is dialled")]
    public async Task It_refuses_to_start_and_names_the_key(string key, string value, string text)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Loyalty:BaseAddress"] = "https://loyalty.example/api",
            ["Loyalty:ApiKey"] = "key",
            ["Loyalty:IdentifyBy:0"] = "Phone",
            ["urls"] = "http://127.0.0.1:0",
            [key] = value,
        });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddCustomerResolution();
        builder.Services.AddMassTransit(bus => bus.UsingInMemory());
        await using var app = builder.Build();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
    }
}
