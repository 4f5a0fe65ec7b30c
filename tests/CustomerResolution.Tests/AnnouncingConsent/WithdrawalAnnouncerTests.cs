using System.Reflection;
using Contracts.CustomerResolution;
using CustomerResolution.AnnouncingConsent;
using CustomerResolution.LookingUpCustomers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerResolution.Tests.AnnouncingConsent;

public sealed class WithdrawalAnnouncerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WithdrawalAnnouncer _announcer = new(new ServiceCollection().AddMetrics().AddSingleton<CustomerResolutionMetrics>().BuildServiceProvider().GetRequiredService<CustomerResolutionMetrics>());
    private readonly LookupAnswer _answer = LookupAnswer.Blocked("pat@shop.example");
    private readonly ConsumeContext _context = DispatchProxy.Create<ConsumeContext, Delivery>();

    private Delivery Broker => (Delivery)(object)_context;

    [Fact]
    public async Task Announce_waits_for_the_confirm_that_another_order_waits_for()
    {
        var (first, second) = (Announce(), Announce());
        Assert.Equal((false, false, 1), (first.IsCompleted, second.IsCompleted, Broker.Publishes.Count));

        Broker.Publishes[0].SetResult();

        await Task.WhenAll(first, second, Announce()).WaitAsync(Patience);
        Assert.Single(Broker.Publishes);
    }

    [Fact]
    public async Task Announce_tells_itself_what_another_order_could_not()
    {
        var (first, second) = (Announce(), Announce());

        Broker.Publishes[0].SetException(new IOException());

        await Assert.ThrowsAsync<IOException>(() => first.WaitAsync(Patience));
        await RealServers.Eventually.Becomes(() => Task.FromResult(Broker.Publishes.Count), count => count == 2, what: "the number of publishes");
        Assert.False(second.IsCompleted);
        Broker.Publishes[1].SetResult();
        await second.WaitAsync(Patience);
        await Announce().WaitAsync(Patience);
        Assert.Equal(2, Broker.Publishes.Count);
    }

    private Task Announce() => _announcer.Announce(_answer, "card-17", Guid.NewGuid(), _context);

    /// <summary>A message under way whose publishes are confirmed when the test says so.</summary>
    public class Delivery : DispatchProxy
    {
        private readonly Lock _lock = new();
        private readonly List<TaskCompletionSource> _publishes = [];

        /// <summary>The confirms, in the order they were asked for.</summary>
        public IReadOnlyList<TaskCompletionSource> Publishes
        {
            get
            {
                lock (_lock)
                    return [.. _publishes];
            }
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == "get_CancellationToken")
                return CancellationToken.None;
            if (targetMethod.Name != nameof(IPublishEndpoint.Publish) || args![0] is not CustomerConsentChanged)
                throw new NotSupportedException(targetMethod.Name);
            var confirm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
                _publishes.Add(confirm);
            return confirm.Task;
        }
    }
}
