using Contracts.ProfileStoreSender;
using MessageExamples;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.OnCustomerResolved;

public sealed class When_an_event_is_too_large
{
    [Fact]
    public async Task It_trims_an_event_over_256_KB_and_says_so()
    {
        await using var host = await SenderHost.Start();
        var order = Guid.NewGuid();
        var big = An.Order() with { Lines = [.. Enumerable.Range(1, 2_500).Select(number => An.Order().Lines[0] with { Number = number, Description = new string('ü', 100) })] };

        await host.Publish(An.CustomerResolved(order, big));

        Assert.NotNull(Assert.Single(await host.Outcomes(order)).Tracked);
        var sent = Assert.Single(await host.Store.Events()).Event.GetProperty("payload").GetProperty("order");
        Assert.Equal((true, 2_500), (sent.GetProperty("trimmed").GetBoolean(), sent.GetProperty("items").GetArrayLength() + sent.GetProperty("linesOmitted").GetInt32()));
        Assert.InRange(sent.GetProperty("items").GetArrayLength(), 1_000, 2_499);
        var row = await host.Row(order);
        Assert.Equal((DeliveryState.Accepted, 202), (row.State, row.StatusCode));
        Assert.Matches(@"^sent without descriptions and barcodes with \d+ of 2500 lines: whole, the event has \d+ bytes, and 262144 are taken$", row.Answer);
        Assert.Contains(host.Logs.Lines, line => line.Id.Id == 3026);
    }

    [Fact]
    public async Task It_refuses_what_does_not_fit_even_with_one_line()
    {
        await using var host = await SenderHost.Start();
        var order = Guid.NewGuid();
        var big = An.Order() with { Lines = [An.Order().Lines[0] with { Sku = new string('x', 300_000) }] };

        await host.Publish(An.CustomerResolved(order, big));

        var outcome = Assert.Single(await host.Outcomes(order));
        Assert.Equal((OrderTrackingFailureReason.Refused, (int?)null), (outcome.Failed!.Reason, outcome.Failed.StatusCode));
        Assert.Equal(0, (await host.Store.Summary()).Requests);
        var row = await host.Row(order);
        Assert.Equal((DeliveryState.Refused, 0), (row.State, row.Attempts));
        Assert.Contains("262144", row.Answer, StringComparison.Ordinal);
    }
}
