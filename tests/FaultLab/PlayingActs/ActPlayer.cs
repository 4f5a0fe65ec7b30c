using FaultLab.Reconciling;
using FaultLab.StartingServers;
using FaultLab.UsingTheBroker;
using RunningSystem;

namespace FaultLab.PlayingActs;

/// <summary>Plays an act with a system of its own and judges it.</summary>
internal sealed class ActPlayer(LabServers servers, DirectoryInfo? keepLogs)
{
    // Longer than a claim in the ledger lasts after its process died, and than a retry of a message pauses meanwhile.
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(12);

    /// <param name="act">What to play.</param>
    /// <param name="patched">Assemblies to run in place of those of this build, by service.</param>
    /// <param name="cancellationToken">Ends the act without a verdict.</param>
    public async Task<ActVerdict> Play(Act act, IReadOnlyDictionary<string, string>? patched, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var settings = act.Settings with { Servers = servers.Addresses, Program = name => patched?.GetValueOrDefault(name) ?? ServiceProcess.Program(name) };
        await using var system = await InStoreSystem.Prepare(settings);
        using var broker = new BrokerControl(system.Broker);
        var stage = new Stage(system, servers, broker, cancellationToken);
        try
        {
            foreach (var service in stage.Services)
                service.Start();
            await Task.WhenAll(stage.Services.Select(service => service.WhenReady()));
            await Task.WhenAll(stage.Services.Select(service => service.WhenDeployed()));
            await act.Play(stage);
            return await Judge(stage);
        }
        catch (BrokenPromiseException broken)
        {
            var law = await Law.Check(system, stage.Accepted);
            return Verdict(Outcome.Broken, string.Join("; ", [$"{broken.Message}; of {stage.Accepted.Count} accepted", .. Evidence.Against(law)]));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Verdict(Outcome.NotPlayed, exception.Message);
        }
        finally
        {
            system.CopyLogs(keepLogs, act.Name);
        }

        async Task<ActVerdict> Judge(Stage played)
        {
            var law = await played.Settled(Stall);
            // Copies may still be under way when every order is tracked.
            await broker.WhenEmpty(TimeSpan.FromSeconds(30));
            law = await Law.Check(system, played.Accepted);
            var against = Evidence.Against(law).ToList();
            if (law.Tracked < played.Accepted.Count && against.Count == 0)
                against.Add($"{law.Parked} parked, {law.Suppressed} suppressed, {law.Failed} failed of orders that can be tracked");
            return against.Count > 0
                ? Verdict(Outcome.Broken, $"of {played.Accepted.Count} accepted: {string.Join("; ", against)}")
                : Verdict(Outcome.Kept, $"{law.Accepted} accepted, {law.Tracked} tracked, 0 lost, 0 doubled, {law.CountedAsUnknown} doubled and counted as unknown");
        }

        ActVerdict Verdict(Outcome outcome, string evidence) => new(act.Name, act.Promise, outcome, evidence, TimeProvider.System.GetElapsedTime(began));
    }
}
