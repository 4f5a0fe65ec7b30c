using System.Collections.Concurrent;
using System.Threading.Channels;
using FaultLab.UsingTheBroker;
using RunningSystem;

namespace FaultLab.OfferingOrders;

/// <summary>Tills that offer orders at a rate, whoever is up or down, each offer again and again until it is accepted. Each way has tills of its own: where nobody takes anything, the others go on.</summary>
internal sealed class OrderLoad
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, Sale> _accepted = new();
    private readonly HttpRequests _requests;
    private readonly IReadOnlyList<Counter> _counters;
    private readonly int _seed, _rate;

    public OrderLoad(InStoreSystem system, BrokerControl broker, int seed, int rate)
    {
        (_requests, _seed, _rate) = (new(system.OrderIngest), seed, rate);
        _counters = [new(Way.Http, _requests, 16), new(Way.Inbox, new InboxFiles(system.Inbox), 1), new(Way.Queue, new QueueMessages(broker), 4)];
    }

    /// <summary>Sales that were accepted, by receipt number.</summary>
    public IReadOnlyDictionary<string, Sale> Accepted => _accepted;

    /// <summary>Answers that no till should get.</summary>
    public IReadOnlyCollection<string> UnexpectedAnswers => _requests.UnexpectedAnswers;

    /// <summary>How much came by which way, and how it went; a line each.</summary>
    public IEnumerable<string> Summary =>
    [
        .. _counters.Select(counter => $"{counter.Way}: {counter.Accepted.Count} sales in {counter.WayIn.Summary}"),
        $"{_accepted.Keys.Count(receipt => _counters.Count(counter => counter.Accepted.ContainsKey(receipt)) > 1)} of {_accepted.Count} sales by more than one way",
    ];

    /// <summary>Offers until told to stop, then returns when everything that was offered is accepted.</summary>
    public async Task Run(CancellationToken stopOffering, CancellationToken abort)
    {
        var tills = Task.WhenAll(_counters.SelectMany(counter => Enumerable.Range(0, counter.Tills).Select(_ => Till(counter, abort))));
        await OfferAtRate(stopOffering);
        foreach (var counter in _counters)
            counter.Offers.Writer.Complete();
        await tills;
    }

    private async Task OfferAtRate(CancellationToken stopOffering)
    {
        var (deck, offered, began) = (new OfferDeck(_seed), 0, TimeProvider.System.GetTimestamp());
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await ticks.WaitForNextTickAsync(stopOffering))
            {
                for (var due = _rate * TimeProvider.System.GetElapsedTime(began).TotalSeconds; offered < due;)
                {
                    var offer = deck.Next();
                    offered += offer.Sales.Count;
                    _counters.Single(counter => counter.Way == offer.Way).Offers.Writer.TryWrite(offer);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task Till(Counter counter, CancellationToken abort)
    {
        await foreach (var offer in counter.Offers.Reader.ReadAllAsync(abort))
        {
            while (!await counter.WayIn.Take(offer, abort))
                await Task.Delay(Pause, TimeProvider.System, abort);
            foreach (var sale in offer.Sales)
            {
                counter.Accepted[sale.Receipt] = true;
                _accepted.TryAdd(sale.Receipt, sale);
            }
        }
    }

    /// <summary>Where one way's offers wait for its tills.</summary>
    private sealed record Counter(Way Way, IWayIn WayIn, int Tills)
    {
        public Channel<Offer> Offers { get; } = Channel.CreateUnbounded<Offer>();

        public ConcurrentDictionary<string, bool> Accepted { get; } = new();
    }
}
