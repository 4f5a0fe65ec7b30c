using MessageExamples;
using Microsoft.Extensions.Options;

namespace ProfileStoreSender.Tests.SendingToWebhook;

public sealed class WebhookOptionsTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Theory]
    [InlineData("BaseAddress", null, "Webhook:BaseAddress")]
    [InlineData("BaseAddress", "ftp://receiver.example/", "Webhook:BaseAddress")]
    [InlineData("BaseAddress", "http://receiver.example/orders", "Webhook:BaseAddress")]
    [InlineData("BaseAddress", "https://name:MfKQ9r8@receiver.example/", "Webhook:BaseAddress")]
    [InlineData("BaseAddress", "https://receiver.example/#MfKQ9r8", "Webhook:BaseAddress")]
    [InlineData("Secrets:0", "", "Webhook:Secrets:0")]
    [InlineData("Secrets:0", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "Webhook:Secrets:0")]
    [InlineData("Secrets:1", "whsec_MfKQ9r8", "Webhook:Secrets:1")]
    [InlineData("Secrets:1", Secret, "Webhook:Secrets:1")]
    [InlineData("BatchSize", "2", "Webhook:BatchSize")]
    [InlineData("Timeout", "00:03:00", "Webhook:Timeout")]
    public async Task A_wrong_setting_stops_the_start_and_the_text_names_its_key_and_no_secret(string key, string? value, string named)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => Start(new() { [$"Webhook:{key}"] = value }));

        Assert.StartsWith($"{named}: ", Assert.Single(exception.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("MfKQ9r8", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_secret_it_does_not_start() =>
        Assert.StartsWith("Webhook:Secrets: is missing", Assert.Single((await Assert.ThrowsAsync<OptionsValidationException>(() => SenderHost.Start(settings: new()
        {
            ["Webhook:Enabled"] = "true",
            ["Webhook:BaseAddress"] = "https://receiver.example/orders",
        }))).Failures), StringComparison.Ordinal);

    [Fact]
    public async Task More_secrets_than_a_rotation_needs_are_refused()
    {
        var many = Enumerable.Range(0, 6).ToDictionary(i => $"Webhook:Secrets:{i}", i => (string?)$"whsec_{Convert.ToBase64String([.. new byte[23], (byte)i])}");

        Assert.StartsWith("Webhook:Secrets: ", Assert.Single((await Assert.ThrowsAsync<OptionsValidationException>(() => Start(many))).Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Webhook:BaseAddress", "https://receiver.example/orders?tenant=1")]
    [InlineData("Webhook:BaseAddress", "http://localhost:5/orders")]
    [InlineData("Webhook:BaseAddress", "http://[::1]:5/orders")]
    [InlineData("Webhook:Enabled", "false")]
    public async Task It_starts_with_https_on_this_machine_and_where_nothing_is_sent(string key, string value)
    {
        await using var host = await Start(new() { [key] = value });
    }

    [Fact]
    public async Task What_is_switched_off_needs_neither_address_nor_secret_and_keeps_orders_as_suppressed()
    {
        await using var host = await SenderHost.Start(settings: new() { ["ProfileStoreSender:Destinations:0"] = "webhook" });
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));

        var outcome = Assert.Single(await host.Outcomes(order));
        Assert.Equal(("webhook", Contracts.CustomerResolution.SuppressionReason.SwitchedOff), (outcome.Destination, outcome.Failed!.SuppressedBecause));
    }

    private static Task<SenderHost> Start(Dictionary<string, string?> settings)
    {
        var all = new Dictionary<string, string?> { ["Webhook:Enabled"] = "true", ["Webhook:BaseAddress"] = "https://receiver.example/orders", ["Webhook:Secrets:0"] = Secret };
        foreach (var (key, value) in settings)
            all[key] = value;
        return SenderHost.Start(settings: all);
    }
}
