using Contracts.OrderJourney;
using MassTransit;
using Microsoft.Extensions.Options;
using ServiceDefaults.WorkingPeriodically;

namespace ProfileStoreSender.ErasingPeople;

/// <summary>Has people erased at the destinations that this process serves, with growing pauses while one is away, and tells whenever something has changed.</summary>
internal sealed class DestinationErasures(
    DestinationErasureTable table, IEnumerable<IDestinationErasure> erasures, IEnumerable<ServedDestination> served, IOptions<SenderOptions> options, IBus bus, TimeProvider time, ILogger<DestinationErasures> log)
    : PeriodicWork
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1), Lease = TimeSpan.FromMinutes(3), FirstPause = TimeSpan.FromSeconds(2), LongestPause = TimeSpan.FromMinutes(15), TellWithin = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, IDestinationErasure> _erasures = erasures.ToDictionary(erasure => erasure.Destination);

    // Where the work is not shared out, nobody else is there for a destination that was switched off since.
    private readonly IReadOnlyList<string>? _served = options.Value.Destinations.Count == 0 ? null : [.. served.Select(destination => destination.Name)];

    /// <summary>Deals with one that is due; false when none is.</summary>
    public async Task<bool> Step(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await table.Take(_served, now, now + Lease, cancellationToken) is not { } row)
            return false;
        var next = row;
        if (row.State == DestinationErasureTable.Waiting)
        {
            var erased = _erasures.TryGetValue(row.Destination, out var erasure)
                ? await erasure.Erase(row.Person, cancellationToken)
                : new(ErasureState.ByHand, "it is switched off here, or has no way to erase: ask whoever runs it");
            var state = Text(erased.State);
            next = row with { State = state, Detail = erased.Detail, Attempts = row.Attempts + 1, Told = row.Told && state == row.State && erased.Detail == row.Detail };
            if (!next.Told)
                LogMessages.DestinationErasure(log, row.ErasureId, row.Destination, state, erased.Detail);
        }
        // Written before it is told: what was told must not be forgotten.
        var pause = Pause(next.Attempts);
        await table.Save(next, time.GetUtcNow() + pause, cancellationToken);
        if (!next.Told)
            next = next with { Told = await Tell(next, cancellationToken) };
        await table.Save(next, next.Told && next.State != DestinationErasureTable.Waiting ? null : time.GetUtcNow() + pause, cancellationToken);
        return true;
    }

    protected override PeriodicTimer Ticks() => new(LookEvery, time);

    protected override async Task Round(CancellationToken cancellationToken)
    {
        while (await Step(cancellationToken)) { }
    }

    // Only its kind: the text may quote what was sent.
    protected override void Failed(Exception exception) => LogMessages.DestinationErasureHeldUp(log, exception.GetBaseException().GetType().Name);

    private async Task<bool> Tell(DestinationErasureRow row, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(TellWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var answer = new PersonErased
        {
            ErasureId = row.ErasureId,
            Round = row.Round,
            Party = row.Destination,
            State = row.State switch
            {
                DestinationErasureTable.Done => ErasureState.Done,
                DestinationErasureTable.ByHand => ErasureState.ByHand,
                _ => ErasureState.Waiting,
            },
            Rows = 0,
            AnsweredAt = time.GetUtcNow(),
            Detail = row.Detail,
        };
        try
        {
            await bus.Publish(answer, context => context.CorrelationId = row.ErasureId, either.Token).WaitAsync(either.Token);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogMessages.DestinationErasureHeldUp(log, exception is OperationCanceledException ? "the broker did not confirm in time" : $"the broker does not take it: {exception.GetBaseException().GetType().Name}");
            return false;
        }
    }

    private static string Text(ErasureState state) => state switch
    {
        ErasureState.Done => DestinationErasureTable.Done,
        ErasureState.ByHand => DestinationErasureTable.ByHand,
        _ => DestinationErasureTable.Waiting,
    };

    private static TimeSpan Pause(int attempts)
    {
        var grown = FirstPause * Math.Pow(2, Math.Min(Math.Max(attempts - 1, 0), 20));
        return grown < LongestPause ? grown : LongestPause;
    }
}
