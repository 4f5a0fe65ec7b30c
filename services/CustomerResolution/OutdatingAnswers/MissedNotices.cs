using CustomerResolution.CachingAnswers;
using MassTransit;

namespace CustomerResolution.OutdatingAnswers;

/// <summary>While this instance's queue was not there, cards may have been registered: what was remembered of any card before counts no more.</summary>
internal sealed class MissedNotices(IServiceProvider services) : IReceiveEndpointObserver
{
    public Task Ready(ReceiveEndpointReady ready)
    {
        // Asked for here: the bus is put together before options are looked at.
        services.GetRequiredService<CustomerDirectories>().OutdateCards(services.GetRequiredService<TimeProvider>().GetUtcNow());
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
}
