using Contracts.OrderJourney;
using MassTransit;
using Microsoft.Extensions.Options;
using ServiceDefaults.WorkingPeriodically;

namespace OrderJourney.ErasingPeople;

/// <summary>
/// Takes erasures on, a step at a time: ask, wait for answers, look for what else is the person's, ask again; and once nothing is left, look once more after a while. All
/// that a step needs is in the database, so it may end anywhere and be done again by any instance.
/// </summary>
internal sealed class ErasureRounds(
    ErasureTables tables, PersonSearch search, JourneyErasure own, IBus bus, OrderJourneyMetrics metrics, IOptions<ErasureOptions> options, TimeProvider time, ILogger<ErasureRounds> log)
    : PeriodicWork
{
    /// <summary>This service among the parties.</summary>
    public const string Self = "order-journey";

    /// <summary>Most orders of one round.</summary>
    public const int OrdersARound = 500;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1), Lease = TimeSpan.FromMinutes(5), Longest = TimeSpan.FromHours(1), PublishWithin = TimeSpan.FromSeconds(20);

    /// <summary>Does the next step of one that is due; false when none is.</summary>
    public async Task<bool> Step(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await tables.Take(now, now + Lease, cancellationToken) is not { } erasure)
            return false;
        var next = await Next(erasure, cancellationToken);
        await tables.Save(next, time.GetUtcNow(), cancellationToken);
        if (next.State != Erasure.Running && next.State != erasure.State)
            LogMessages.ErasureEnded(log, next.Id, next.State);
        return true;
    }

    /// <summary>Counts those that are not done, for the metrics.</summary>
    public async Task Count(CancellationToken cancellationToken)
    {
        var (running, needAttention, oldest) = await tables.CountOpen(cancellationToken);
        metrics.Erasing(running, needAttention, oldest is { } since ? time.GetUtcNow() - since : TimeSpan.Zero);
    }

    protected override PeriodicTimer Ticks() => new(LookEvery, time);

    protected override async Task Round(CancellationToken cancellationToken)
    {
        while (await Step(cancellationToken)) { }
        await Count(cancellationToken);
    }

    // Only its kind: the text may quote what was looked for. The lease brings it back.
    protected override void Failed(Exception exception)
    {
        metrics.ErasingUnknown();
        LogMessages.ErasureHeldUp(log, exception.GetBaseException().GetType().Name);
    }

    private async Task<Erasure> Next(Erasure erasure, CancellationToken cancellationToken)
    {
        if (erasure.Round == 0)
            await tables.Expect(erasure.Id, options.Value.RequiredParties, cancellationToken);
        if (erasure.Round == 0)
            return await AskFirst(erasure, [], cancellationToken);
        var parties = await tables.Parties(erasure.Id, cancellationToken);
        var answered = parties.Where(party => party.Round >= erasure.Round && party.State == "done").Select(party => party.Party).ToHashSet();
        if (!options.Value.RequiredParties.All(answered.Contains))
            return await AskAgain(erasure, cancellationToken);
        if (await tables.Orders(erasure.Id, null, OrdersARound, cancellationToken) is { Count: > 0 } untold)
            return await AskFirst(erasure, untold, cancellationToken);

        var found = await search.Find(new(erasure.Email, erasure.Cards, erasure.CardKeys), cancellationToken);
        if (found.Problem is { } problem)
            return erasure with { State = Erasure.NeedsAttention, Says = problem, NextAt = null };
        var knowsMore = found.Person.Email != erasure.Email || found.Person.Cards.Count > erasure.Cards.Count || found.Person.CardKeys.Count > erasure.CardKeys.Count;
        var grown = erasure with { Email = found.Person.Email, Cards = found.Person.Cards, CardKeys = found.Person.CardKeys };
        // What is found is written down before it is overwritten: afterwards nothing would lead to it.
        var added = await tables.Add(erasure.Id, found.Orders, cancellationToken);
        if (knowsMore)
            await tables.Save(grown, time.GetUtcNow(), cancellationToken);
        var rows = await own.Erase(found.Orders, found.Person, cancellationToken);
        await tables.Note(Answer(erasure, rows), time.GetUtcNow(), cancellationToken);
        grown = grown with { Woken = grown.Woken + 1 };
        if (added.Count > 0 || knowsMore)
            return await AskFirst(grown, [.. (await tables.Orders(erasure.Id, null, OrdersARound, cancellationToken))], cancellationToken);
        return End(grown, parties);
    }

    private Erasure End(Erasure erasure, IReadOnlyList<ErasureParty> parties)
    {
        var now = time.GetUtcNow();
        // What was on its way when the last round began has arrived by then, and was found by the search before this.
        if (now < erasure.RoundAt + options.Value.FinalPassAfter)
            return erasure with { NextAt = erasure.RoundAt + options.Value.FinalPassAfter, Says = "looked through once more before it is done" };
        // Done with what an earlier round knew is not done: each round is answered by everybody.
        var open = parties.Where(party => party.Party != Self && !(party.State == "done" && party.Round >= erasure.Round)).ToList();
        if (open.Count == 0)
            return erasure with { State = Erasure.Done, Email = null, Cards = [], Says = null, NextAt = null, FinishedAt = now };
        var says = $"{string.Join(", ", open.Select(party => party.Party))}: not done yet";
        return open.All(party => party.State == "byHand")
            ? erasure with { State = Erasure.NeedsAttention, Says = says, NextAt = null }
            : erasure with { Says = says, NextAt = now + Growing(erasure.Attempts), Attempts = erasure.Attempts + 1 };
    }

    private async Task<Erasure> AskFirst(Erasure erasure, IReadOnlyList<Guid> orders, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var begun = erasure with { State = Erasure.Running, Says = null, Round = erasure.Round + 1, Attempts = 0, RoundAt = now, NextAt = now + Growing(0) };
        await tables.TellWith(erasure.Id, begun.Round, orders, cancellationToken);
        // Before it is published: an answer that arrives earlier would be one to a round that nobody knows of.
        await tables.Save(begun, now, cancellationToken);
        await Publish(begun, orders, cancellationToken);
        return begun;
    }

    private async Task<Erasure> AskAgain(Erasure erasure, CancellationToken cancellationToken)
    {
        // Woken by an answer while others are still missing: they have their time.
        if (erasure.Attempts == 0 && time.GetUtcNow() < erasure.RoundAt + Growing(0))
            return erasure with { NextAt = erasure.RoundAt + Growing(0) };
        await Publish(erasure, await tables.Orders(erasure.Id, erasure.Round, OrdersARound, cancellationToken), cancellationToken);
        return erasure with { Attempts = erasure.Attempts + 1, NextAt = time.GetUtcNow() + Growing(erasure.Attempts + 1) };
    }

    private async Task Publish(Erasure erasure, IReadOnlyList<Guid> orders, CancellationToken cancellationToken)
    {
        // A bus that is not connected would wait for ever. It is asked again in any case.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(PublishWithin);
        var request = new PersonErasureRequested
        {
            ErasureId = erasure.Id,
            Round = erasure.Round,
            RequestedAt = erasure.RequestedAt,
            Email = erasure.Email,
            Cards = erasure.Cards,
            CardKeys = erasure.CardKeys,
            OrderIds = orders,
        };
        try
        {
            await bus.Publish(request, context => context.CorrelationId = erasure.Id, patience.Token).WaitAsync(patience.Token);
            LogMessages.ErasureAsked(log, erasure.Id, erasure.Round, orders.Count);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogMessages.ErasureHeldUp(log, exception is OperationCanceledException ? "the broker did not confirm in time" : $"the broker does not take it: {exception.GetBaseException().GetType().Name}");
        }
    }

    private PersonErased Answer(Erasure erasure, long rows) => new()
    {
        ErasureId = erasure.Id,
        Round = erasure.Round,
        Party = Self,
        State = ErasureState.Done,
        Rows = rows,
        AnsweredAt = time.GetUtcNow(),
    };

    private TimeSpan Growing(int attempts)
    {
        var grown = options.Value.AskAgainAfter * Math.Pow(2, Math.Min(attempts, 20));
        return grown < Longest ? grown : Longest;
    }
}
