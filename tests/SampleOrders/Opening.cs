namespace SampleOrders;

/// <summary>A store on a day it was open, and how many orders it took.</summary>
internal sealed record Opening(Store Store, DateOnly Day, int Orders, int ClosesAt)
{
    private static readonly DateOnly LastDay = new(2026, 11, 19);

    /// <summary>Shares the orders out over the open days of all stores; larger exports reach further back, to 1 November at most.</summary>
    public static IEnumerable<Opening> Of(IReadOnlyList<Store> stores, int orders)
    {
        var days = Math.Clamp(orders / 400, 1, LastDay.Day);
        var openings = new List<(DateOnly Day, Store Store)>();
        for (var day = LastDay.AddDays(1 - days); day <= LastDay; day = day.AddDays(1))
            openings.AddRange(stores.Where(store => store.IsOpenOn(day)).Select(store => (day, store)));
        long weight = 0, total = openings.Sum(opening => Weight(opening.Store));
        long given = 0;
        foreach (var (day, store) in openings)
        {
            weight += Weight(store);
            var upTo = orders * weight / total;
            yield return new(store, day, (int)(upTo - given), Math.Min(store.ClosesAt, day == LastDay ? 23 : 25));
            given = upTo;
        }
    }

    private static int Weight(Store store) => 3 + (store.Index * 5 % 7);

    /// <summary>When the receipts were closed, in order; the middle of the day is busiest, except where it goes late.</summary>
    public IEnumerable<DateTimeOffset> Times(Dice dice)
    {
        var open = (ClosesAt - Store.OpensAt) * 3600;
        var seconds = new int[Orders];
        for (var i = 0; i < Orders; i++)
            seconds[i] = (Store.OpensAt * 3600) + (Store.ClosesAt > 24 ? dice.Below(open) : (dice.Below(open) + dice.Below(open)) / 2);
        Array.Sort(seconds);
        var midnight = new DateTimeOffset(Day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(Store.Country.Offset));
        return seconds.Select(second => midnight.AddSeconds(second));
    }
}
