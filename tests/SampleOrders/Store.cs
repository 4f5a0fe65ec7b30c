namespace SampleOrders;

/// <summary>What a country means for its stores.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Offset">Hours from UTC in November.</param>
/// <param name="StandardRate">Tax in per cent on most goods.</param>
/// <param name="ReducedRate">Tax in per cent on food.</param>
/// <param name="PerEuro">What one euro of the catalogue costs there.</param>
/// <param name="OpenOnSundays">Whether shops open on Sundays.</param>
internal sealed record Country(string Currency, int Offset, decimal StandardRate, decimal ReducedRate, decimal PerEuro, bool OpenOnSundays)
{
    public decimal PriceOf(Product product)
    {
        var price = product.EuroPrice * PerEuro;
        return Currency switch
        {
            "SEK" or "NOK" or "DKK" => Math.Max(1, Math.Round(price, MidpointRounding.AwayFromZero)),
            "CHF" => Math.Max(0.05m, Math.Round(price * 20, MidpointRounding.AwayFromZero) / 20),
            _ => Math.Round(price, 2, MidpointRounding.AwayFromZero),
        };
    }

    public decimal RateOf(Product product) => product.Reduced ? ReducedRate : StandardRate;
}

/// <summary>A store with its tills. Receipt numbers count up per till, from where the till happens to be.</summary>
internal sealed class Store
{
    private readonly int[] _receipts;
    private int _mobileOrders;

    private Store(int index, string id, Country country)
    {
        (Index, Id, Country) = (index, id, country);
        _receipts = new int[1 + (index * 7 % 4)];
        for (var till = 0; till < _receipts.Length; till++)
            _receipts[till] = FirstReceipt(till);
        // The stores with a late licence close after midnight; their last receipts belong to the business day before.
        (OpensAt, ClosesAt) = index % 13 == 5 ? (10, 25) : (8 + (index % 3), 18 + (index % 4));
        HasMobileTills = index % 11 == 3;
    }

    /// <summary>Forty stores, always the same ones.</summary>
    public static IReadOnlyList<Store> All()
    {
        (int Number, Country Country, int Stores)[] countries =
        [
            (1, new("EUR", 1, 19m, 7m, 1m, false), 10),
            (2, new("SEK", 1, 25m, 6m, 11.2m, true), 6),
            (3, new("GBP", 0, 20m, 0m, 0.87m, true), 6),
            (4, new("EUR", 1, 21m, 9m, 1.04m, true), 4),
            (5, new("CHF", 1, 8.1m, 2.6m, 1.12m, false), 3),
            (6, new("DKK", 1, 25m, 25m, 7.9m, true), 3),
            (7, new("NOK", 1, 25m, 15m, 12.1m, false), 3),
            (8, new("EUR", 1, 20m, 10m, 1.02m, false), 2),
            (9, new("EUR", 2, 25.5m, 13.5m, 1.06m, true), 1),
            (10, new("EUR", 0, 23m, 0m, 1.05m, true), 1),
            (11, new("EUR", 1, 20m, 5.5m, 1.03m, true), 1),
        ];
        var stores = new List<Store>();
        foreach (var (number, country, count) in countries)
            for (var i = 1; i <= count; i++)
                stores.Add(new(stores.Count, $"{number:00}{i:00}", country));
        return stores;
    }

    public int Index { get; }

    /// <summary>With leading zeros, as most retailers write theirs.</summary>
    public string Id { get; }

    public Country Country { get; }

    /// <summary>Hour of the business day.</summary>
    public int OpensAt { get; }

    /// <summary>Hour of the business day; 25 is one o'clock in the night after it.</summary>
    public int ClosesAt { get; }

    /// <summary>Some staff sell on hand-helds, whose orders have a number of the ERP's and no till.</summary>
    public bool HasMobileTills { get; }

    public bool IsOpenOn(DateOnly day) => Country.OpenOnSundays || day.DayOfWeek != DayOfWeek.Sunday;

    public (string Register, string Receipt) NextReceipt(Dice dice)
    {
        var till = dice.Below(_receipts.Length);
        return ((till + 1).ToString("0", null), (++_receipts[till]).ToString("000000", null));
    }

    /// <summary>A receipt from the weeks before the export begins.</summary>
    public (string Register, string Receipt) EarlierReceipt(Dice dice)
    {
        var till = dice.Below(_receipts.Length);
        return ((till + 1).ToString("0", null), (FirstReceipt(till) - dice.Between(1, 900)).ToString("000000", null));
    }

    public string NextMobileOrder() => $"M{Id}-{++_mobileOrders:00000}";

    private int FirstReceipt(int till) => (int)(Dice.Mix((ulong)((Index * 16) + till + 1)) % 60_000) + 1_000;
}
