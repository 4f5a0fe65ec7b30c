using RunningSystem;

namespace FaultLab.OfferingOrders;

/// <summary>One request, file or message: a single sale, or a batch.</summary>
/// <param name="Sales">In the order they are written.</param>
/// <param name="Way">How it gets to OrderIngest.</param>
/// <param name="Batch">A line per sale.</param>
/// <param name="Changed">The receipt was or will be offered with other content too: whichever comes first stands.</param>
internal sealed record Offer(IReadOnlyList<Sale> Sales, Way Way = Way.Http, bool Batch = false, bool Changed = false)
{
    /// <summary>The sales as they are, each in a line of its own.</summary>
    public string Lines => string.Concat(Sales.Select(sale => ErpOrder.Json(sale.Order(false)) + "\n"));
}

/// <summary>What is offered, one thing after the other; everything follows from the seed. Sales of before come again by any way, changed ones only where somebody is told so.</summary>
internal sealed class OfferDeck(int seed)
{
    private const int Remembered = 300, NewInABatch = 6;

    private readonly Random _random = new(seed);
    private readonly List<Sale> _recent = [];
    private int _sales;

    public Offer Next() => _recent.Count == 0 ? new([New()]) : _random.Next(100) switch
    {
        < 50 => new([New()]),
        < 60 => new([New()], Way.Queue),
        < 66 => Batch(Way.Http),
        < 70 => Batch(Way.Inbox),
        < 84 => new([Recent()]),
        < 88 => new([Recent()], Way.Queue),
        _ => new([Recent()], Changed: true),
    };

    private Offer Batch(Way way)
    {
        // With a sale twice and one from before, in no particular order.
        Sale[] sales = [.. Enumerable.Range(0, NewInABatch).Select(_ => New())];
        Sale[] lines = [.. sales, sales[0], Recent()];
        _random.Shuffle(lines);
        return new(lines, way, Batch: true);
    }

    private Sale New()
    {
        var buyer = _random.Next(100) switch { < 80 => Buyer.Member, < 88 => Buyer.Stranger, < 94 => Buyer.Blocked, _ => Buyer.Nobody };
        var sale = new Sale(++_sales, buyer);
        _recent.Add(sale);
        if (_recent.Count > Remembered)
            _recent.RemoveAt(0);
        return sale;
    }

    private Sale Recent() => _recent[_random.Next(_recent.Count)];
}
