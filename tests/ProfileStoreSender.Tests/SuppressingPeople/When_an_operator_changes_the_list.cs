using System.Net;
using System.Net.Http.Json;
using Contracts.CustomerResolution;
using MessageExamples;
using ServiceDefaults.GuardingAccess;

namespace ProfileStoreSender.Tests.SuppressingPeople;

public sealed class When_an_operator_changes_the_list
{
    private const string Email = "pat+x@shop.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_may_add_to_the_list_and_take_from_it()
    {
        await using var sender = await SenderHost.Start(settings: new() { ["Access:AllowAnonymous"] = "false", ["Access:ApiKeyHashes:0"] = ApiKeys.Hash("a reader"), ["Access:ErasureKeyHashes:0"] = ApiKeys.Hash("an eraser") });
        sender.Http.DefaultRequestHeaders.Add(ApiKeys.Header, "a reader");
        Assert.Equal(HttpStatusCode.Forbidden, (await sender.Http.PostAsJsonAsync("/suppressions", new { email = Email }, Stop)).StatusCode);
        sender.Http.DefaultRequestHeaders.Remove(ApiKeys.Header);
        sender.Http.DefaultRequestHeaders.Add(ApiKeys.Header, "an eraser");
        Assert.Equal(HttpStatusCode.BadRequest, (await sender.Http.PostAsJsonAsync("/suppressions", new { email = "nobody" }, Stop)).StatusCode);
        using var added = await sender.Http.PostAsJsonAsync("/suppressions", new { email = Email }, Stop);
        var key = CustomerKey.Of(Email);
        Assert.Equal((HttpStatusCode.Created, $"/suppressions/{key}"), (added.StatusCode, added.Headers.Location!.OriginalString));

        var suppressed = Guid.NewGuid();
        await sender.Publish(An.CustomerResolved(suppressed, customer: An.Customer(Email)));
        Assert.Equal(SuppressionReason.OnSuppressionList, Assert.Single(await sender.Outcomes(suppressed)).Failed!.SuppressedBecause);

        Assert.Contains("on_suppression_list", await sender.Http.GetStringAsync($"/suppressions/{key}", Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await sender.Http.DeleteAsync($"/suppressions/{key}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sender.Http.DeleteAsync($"/suppressions/{key}", Stop)).StatusCode);
        var sent = Guid.NewGuid();
        await sender.Publish(An.CustomerResolved(sent, customer: An.Customer(Email)));
        Assert.NotNull(Assert.Single(await sender.Outcomes(sent)).Tracked);
        Assert.DoesNotContain(sender.Logs.Lines, line => line.Text.Contains("pat+x", StringComparison.OrdinalIgnoreCase) || line.Text.Contains(key, StringComparison.Ordinal));
    }
}
