using System.Diagnostics;
using System.Text;
using OrderIngest.Tests.ReadingOrders;
using RealServers;
using ServiceDefaults.Observing;

namespace OrderIngest.Tests.RelayingOrders;

public sealed class When_a_request_is_traced
{
    [Fact]
    public async Task The_trace_goes_on_across_journal_and_broker()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Telemetry.SourceName or "MassTransit" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var database = new SqliteFile();
        await using var ingest = await RunningIngest.Start(database.ConnectionString);
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders?source=pos") { Content = new StringContent(Submitted.Json(Submitted.Order("1")), Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        using var response = await ingest.Http.SendAsync(request);
        var received = await Eventually.Becomes(() => Task.FromResult(ingest.Received.All.FirstOrDefault()), received => received is not null);
        Assert.Equal(trace, received!.TraceId);

        // A batch is one request and many traces.
        using var batch = await ingest.Post($"{Submitted.Json(Submitted.Order("2"))}\n{Submitted.Json(Submitted.Order("3"))}\n", "/orders/batch?source=pos", "application/x-ndjson");
        await Eventually.Becomes(() => Task.FromResult(ingest.Received.Ids.Count), count => count == 3);
        Assert.Equal(3, ingest.Received.All.Select(order => order.TraceId).Distinct().Count());
        Assert.DoesNotContain(null, ingest.Received.All.Select(order => order.TraceId));
    }
}
