using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using OrderIngest.JournalingOrders;

namespace OrderIngest.Tests.WatchingInboxes;

/// <summary>A journal that lets a test in before or after it has added a batch.</summary>
public class InterruptedJournal : DispatchProxy
{
    private IJournal _journal = null!;
    private Interruptions _interruptions = null!;

    internal static void Put(IServiceCollection services, Interruptions interruptions)
    {
        var own = services.Single(service => service.ServiceType == typeof(IJournal));
        services.Remove(own);
        services.AddSingleton(provider =>
        {
            var proxy = Create<IJournal, InterruptedJournal>();
            var interrupted = (InterruptedJournal)(object)proxy;
            (interrupted._journal, interrupted._interruptions) = ((IJournal)own.ImplementationFactory!(provider), interruptions);
            return proxy;
        });
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IJournal.Add)
            ? Add((IReadOnlyList<JournalEntry>)args![0]!, (CancellationToken)args[1]!)
            : targetMethod.Invoke(_journal, args);

    private async Task<IReadOnlyList<JournalAnswer>> Add(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        var batch = ++_interruptions.Batches;
        _interruptions.Before(batch);
        var answers = await _journal.Add(entries, cancellationToken);
        _interruptions.Behind(batch);
        return answers;
    }
}

internal sealed class Interruptions
{
    public int Batches { get; set; }

    public Action<int> Before { get; set; } = _ => { };

    public Action<int> Behind { get; set; } = _ => { };

    public void None() => (Batches, Before, Behind) = (0, _ => { }, _ => { });
}
