using CustomerResolution.CachingAnswers;
using CustomerResolution.LookingUpCustomers;
using Microsoft.Extensions.Options;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>Says at start which look-ups no step ever asks, and which steps have no look-up to ask: both were meant to do something.</summary>
internal sealed class LookupsInVain(
    CustomerDirectories directories, CustomerSearch search, IOptions<IdentificationOptions> options, ILogger<LookupsInVain> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in Enum.GetValues<IdentifierKind>().Where(directories.Loyalty.Knows).Except(search.AskedBy))
            log.LookupNeverAsked(kind);
        // The usual steps are there for whoever has such look-ups.
        if (options.Value.IdentifyBy is { Count: > 0 })
        {
            foreach (var step in search.WithoutLookup)
                log.StepWithoutLookup(step);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
