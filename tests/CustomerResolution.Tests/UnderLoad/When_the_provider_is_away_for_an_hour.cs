using System.Diagnostics;
using System.Diagnostics.Metrics;
using CustomerResolution.LookingUpCustomers;
using MassTransit;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.PacingRequests;

namespace CustomerResolution.Tests.UnderLoad;

/// <summary>The real service and an hour of a clock that stands still: an order every 30 seconds, and 900 in the last minute, the shops' rush.</summary>
[Collection(nameof(NothingBeside))]
public sealed class When_the_provider_is_away_for_an_hour(ITestOutputHelper output)
{
    private const int Rush = 900;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task It_loses_nothing_asks_seldom_and_lets_orders_flow_again_at_a_growing_rate()
    {
        var watch = Stopwatch.StartNew();
        var time = new ManualTime();
        var provider = new AwayProvider(time);
        var service = await RunningService.Start(new()
        {
            Services = services =>
            {
                services.AddSingleton<TimeProvider>(time);
                services.AddHttpClient("CustomerResolution.Loyalty").ConfigurePrimaryHttpMessageHandler(() => provider);
            },
        });
        using var waiting = new ProviderGauge(service.Services.GetRequiredService<IMeterFactory>(), "customer_resolution.provider.waiting");
        var bus = service.Services.GetRequiredService<IBus>();
        var orders = new WaitingOrders(bus, time, waiting);
        bus.ConnectConsumeObserver(orders);
        bus.ConnectPublishObserver(orders);
        try
        {
            await Run(time, provider, orders);
        }
        finally
        {
            // The service waits for its messages, and they for the clock.
            var stopped = service.DisposeAsync().AsTask();
            while (!stopped.IsCompleted)
                await time.Pass(SweepEvery);
        }
        output.WriteLine($"  real time {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private async Task Run(ManualTime time, AwayProvider provider, WaitingOrders orders)
    {
        TimeSpan Now() => time.GetUtcNow() - An.Noon;

        async Task PassUntil(TimeSpan end, TimeSpan step, Func<bool>? isOver = null)
        {
            while (Now() < end && isOver?.Invoke() != true)
            {
                if (Now().Ticks % SweepEvery.Ticks == 0)
                {
                    if ((long)Now().TotalSeconds % 30 == 0)
                        await orders.Arrive(1);
                    if (Now() >= AwayProvider.Outage - TimeSpan.FromMinutes(1) && Now() < AwayProvider.Outage)
                        await orders.Arrive(Rush / 30);
                    await orders.Sweep(new($"queue:{Subscriptions.Queue}"));
                }
                await time.Pass(step, () => orders.AllWait);
            }
        }

        await PassUntil(AwayProvider.Outage, SweepEvery);
        var (waiting, asked, commands, busiest) = (orders.Orders, provider.Requests.Count, orders.Commands, provider.Busiest(TimeSpan.Zero, AwayProvider.Outage));
        Assert.Empty(orders.Resolved);
        await PassUntil(AwayProvider.Outage + TimeSpan.FromMinutes(5), TimeSpan.FromMilliseconds(100), () => orders.Resolved.Count >= orders.Orders && orders.InHand == 0);

        var resolved = orders.Resolved.Select(order => order.At - An.Noon - AwayProvider.Outage).Order().ToList();
        output.WriteLine($"away for an hour: {waiting} orders, {commands} re-checks; {asked} requests = {asked / 60d:0.0} a minute, {busiest} in the busiest second");
        output.WriteLine($"back: first order after {resolved[0].TotalSeconds:0.0} s, last after {resolved[^1].TotalSeconds:0.0} s; requests in steps of 5 s from the first:");
        var back = resolved[0] + AwayProvider.Outage;
        var steps = provider.Requests.Where(at => at >= back).GroupBy(at => (int)((at - back) / ReturnRamp.Step)).OrderBy(step => step.Key).Select(step => (step.Key, Count: step.Count())).ToList();
        output.WriteLine($"  {string.Join(", ", steps.Select(step => $"{step.Count} ({step.Count / ReturnRamp.Step.TotalSeconds:0.0}/s)"))}");
        output.WriteLine($"  faults {orders.Faults}, orders {orders.Orders}, resolved {orders.Resolved.Count}");

        Assert.Equal(0, orders.Faults);
        Assert.Equal(orders.Orders, orders.Resolved.Select(order => order.OrderId).Distinct().Count());
        Assert.Equal(orders.Orders, orders.Resolved.Count);
        Assert.InRange(asked, 100, 60 * 8);
        Assert.InRange(busiest, 1, 2 * ProviderProtection.Judged);
        Assert.InRange(resolved[0].TotalSeconds, 0, 60);
        Assert.InRange(resolved[^1].TotalSeconds, 10, 180);
        // 5/s, doubled every 5 s. A step may begin a moment before the ramp's own, hence the two.
        Assert.All(steps.Take(6), step => Assert.InRange(step.Count, 0, 5 * Math.Pow(2, step.Key) * 5 * 1.1 + 2));
    }
}
