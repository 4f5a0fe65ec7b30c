using MessageExamples;
using Microsoft.Extensions.Options;

namespace ProfileStoreSender.Tests.TrackingInProfileStore;

public sealed class ProfileStoreOptionsTests
{
    [Theory]
    [InlineData("BaseAddress", null, "ProfileStore:BaseAddress")]
    [InlineData("BaseAddress", "ftp://somewhere", "ProfileStore:BaseAddress")]
    [InlineData("SubscriptionKey", "", "ProfileStore:SubscriptionKey")]
    [InlineData("SubscriptionKey", "with\nnewline", "ProfileStore:SubscriptionKey")]
    [InlineData("AuthenticationScheme", "Basic", "ProfileStore:AuthenticationScheme")]
    [InlineData("Scope", "", "ProfileStore:Scope")]
    [InlineData("EventType", "", "ProfileStore:EventType")]
    [InlineData("ReturnEventType", "", "ProfileStore:ReturnEventType")]
    [InlineData("DeviceId", "Constant", "ProfileStore:ConstantDeviceId")]
    [InlineData("ValueTemplate", "Hello {email}", "ProfileStore:ValueTemplate")]
    [InlineData("ReturnValueTemplate", " ", "ProfileStore:ReturnValueTemplate")]
    [InlineData("RequestsPerSecond", "-1", "ProfileStore:RequestsPerSecond")]
    [InlineData("Timeout", "00:00:00", "ProfileStore:Timeout")]
    [InlineData("HoldFor", "00:30:00", "ProfileStore:HoldFor")]
    [InlineData("ProbeEvery", "00:00:00", "ProfileStore:ProbeEvery")]
    [InlineData("AskAfter", "-00:00:01", "ProfileStore:AskAfter")]
    [InlineData("QueryBaseAddress", "ftp://somewhere", "ProfileStore:QueryBaseAddress")]
    public async Task A_wrong_setting_stops_the_start_and_the_text_names_its_key(string key, string? value, string named)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => SenderHost.Start(settings: new() { [$"ProfileStore:{key}"] = value }));

        Assert.StartsWith($"{named}: ", Assert.Single(exception.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-tracking-key", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_needs_the_query_api_and_a_destination_that_can_be_asked()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => SenderHost.Start(settings: new() { ["ProfileStore:WhenUnknown"] = "Ask" }));

        Assert.Equal(2, exception.Failures.Count());
        Assert.Contains(exception.Failures, fault => fault.StartsWith("ProfileStore:QueryKey: ", StringComparison.Ordinal));
        Assert.Contains(exception.Failures, fault => fault.StartsWith("ProfileStore:QueryBaseAddress: ", StringComparison.Ordinal));
        exception = await Assert.ThrowsAsync<OptionsValidationException>(() => SenderHost.Start(settings: new()
        {
            ["Odp:Enabled"] = "true",
            ["Odp:BaseAddress"] = "http://127.0.0.1:1",
            ["Odp:ApiKey"] = "k",
            ["Odp:WhenUnknown"] = "Ask",
        }));
        Assert.StartsWith("Odp:WhenUnknown: ", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default", 0)]
    [InlineData("web_shop2", 0)]
    [InlineData("Default", 1)]
    [InlineData("4e0a5f5c-4c5e-4a5e-9f3e-0d6a6a1b2c3d", 1)]
    public async Task An_unusual_scope_is_warned_about_once_and_sent_as_it_is(string scope, int warnings)
    {
        await using var host = await SenderHost.Start(store: new() { AnyScope = true }, settings: new() { ["ProfileStore:Scope"] = scope });
        var order = Guid.NewGuid();

        await host.Publish(An.CustomerResolved(order));
        await host.Outcomes(order);

        Assert.Equal(scope, Assert.Single(await host.Store.Events()).Event.GetProperty("scope").GetString());
        Assert.Equal(warnings, host.Logs.Lines.Count(line => line.Id.Id == 3000));
    }
}
