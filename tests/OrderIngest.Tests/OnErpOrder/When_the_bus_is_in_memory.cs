using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.Tests.ReadingOrders;
using RealServers;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.Tests.OnErpOrder;

/// <summary>As the quickstart runs: whatever is sent to the queue arrives there as its bytes.</summary>
public sealed class When_the_bus_is_in_memory
{
    [Fact]
    public async Task The_queue_is_there_all_the_same()
    {
        await using var database = new SqliteFile();
        await using var ingest = await RunningIngest.Start(database.ConnectionString);
        var endpoint = await ingest.Services.GetRequiredService<IBus>().GetSendEndpoint(QueueAddress.Of("erp-orders"));
        await endpoint.Send(Submitted.Order("1"), context => context.Headers.Set("source", "pos"));
        await endpoint.Send(new SomethingElse("no order"), context => context.Headers.Set("source", "pos"));
        await Eventually.Becomes(() => ingest.Journal.Count(default), counts => counts is { Accepted: 1, RejectedInputs: 1 });
        await Eventually.Becomes(() => Task.FromResult(ingest.Received.Ids.Count), count => count == 1);
    }
}

internal sealed record SomethingElse(string Note);
