namespace SampleOrders;

/// <summary>Makes one order after another; remembers only a few sales per store, so that goods can come back.</summary>
internal sealed class OrderMaker(Members members, SampleContents contents, Dice dice, int stores, int? linesPerSale = null)
{
    private const int Remembered = 24;
    private readonly List<SampleOrder>[] _earlier = [.. Enumerable.Range(0, stores).Select(_ => new List<SampleOrder>(Remembered))];
    private int _unknownCards;

    public SampleOrder Next(Store store, DateOnly day, DateTimeOffset at)
    {
        var order = dice.Chance(0.055) ? Return(store, day, at) : Sale(store, day, at, Buyer(store), mayVoid: true);
        Count(order);
        if (!order.IsReturn && order.Register.Length > 0)
            Remember(_earlier[store.Index], order);
        return order;
    }

    /// <summary>A sale that will be damaged; it counts as nothing.</summary>
    public SampleOrder NextToDamage(Store store, DateOnly day, DateTimeOffset at) =>
        Sale(store, day, at, new(Card: members[members.CustomerOf(store.Index, dice)].Card), mayVoid: false);

    private SampleOrder Sale(Store store, DateOnly day, DateTimeOffset at, SampleBuyer buyer, bool mayVoid)
    {
        // Most baskets are small.
        var share = dice.Share();
        var count = linesPerSale ?? 1 + (int)(share * share * 12);
        var lines = new List<SampleLine>(count);
        for (var number = 1; number <= count; number++)
            lines.Add(Line(store, number, mayVoid && number > 1 && dice.Chance(0.025)));
        return Numbered(new() { Store = store, BusinessDate = day, OccurredAt = at, Buyer = buyer, Lines = lines });
    }

    private SampleOrder Return(Store store, DateOnly day, DateTimeOffset at)
    {
        var earlier = _earlier[store.Index];
        var receiptIsThere = dice.Chance(0.86);
        if (receiptIsThere && earlier.Count > 0 && dice.Chance(0.8))
        {
            var sold = dice.OneOf(earlier);
            var kept = sold.Lines.Where(line => !line.Voided).Take(1 + dice.Below(3)).Select((line, i) => line with { Number = i + 1 }).ToList();
            return Numbered(new()
            {
                Store = store,
                BusinessDate = day,
                OccurredAt = at,
                Buyer = sold.Buyer,
                Lines = kept,
                IsReturn = true,
                Original = new(sold.Store.Id, sold.Register, sold.Receipt, sold.BusinessDate),
            });
        }
        var (register, receipt) = store.EarlierReceipt(dice);
        return Numbered(new()
        {
            Store = store,
            BusinessDate = day,
            OccurredAt = at,
            Buyer = Buyer(store),
            Lines = [Line(store, 1, false)],
            IsReturn = true,
            Original = receiptIsThere ? new(store.Id, register, receipt, new DateOnly(2026, 11, 1).AddDays(-dice.Between(1, 40))) : null,
        });
    }

    private SampleOrder Numbered(SampleOrder order)
    {
        if (order.Store.HasMobileTills && !order.IsReturn && dice.Chance(0.3))
            return order with { OrderNumber = order.Store.NextMobileOrder() };
        var (register, receipt) = order.Store.NextReceipt(dice);
        return order with { Register = register, Receipt = receipt };
    }

    private SampleLine Line(Store store, int number, bool voided)
    {
        var weighed = dice.Chance(0.22);
        var product = Catalogue.All[weighed ? dice.Below(Catalogue.WeighedCount) : dice.Between(Catalogue.WeighedCount, Catalogue.All.Count - 1)];
        var quantity = weighed ? dice.Between(80, 2400) / 1000m : dice.Chance(0.8) ? 1 : dice.Between(2, 6);
        var price = store.Country.PriceOf(product);
        var discount = dice.Chance(0.15) ? SampleLine.Cents(SampleLine.Cents(quantity * price) * dice.OneOf(Percents) / 100) : 0;
        return new(number, product, quantity, price, discount, store.Country.RateOf(product), voided);
    }

    private static readonly int[] Percents = [10, 10, 20, 25, 30, 50];

    private SampleBuyer Buyer(Store store)
    {
        var share = dice.Share();
        if (share < 0.18)
            return dice.Chance(0.1) ? new(Email: Members.Email("guest", store.Id, dice.Between(1, 40), "visitors.example")) : new();
        if (share < 0.26)
            // Now and then one of the unregistered cards comes again.
            return new(Card: Members.UnknownCard(dice.Chance(0.3) && _unknownCards > 0 ? dice.Below(_unknownCards) : _unknownCards++));
        var index = members.CustomerOf(store.Index, dice);
        var member = members[index];
        var isPlain = !members.IsBlocked(index) && !members.IsAmbiguous(index);
        return new(
            member.Card,
            dice.Chance(0.2) ? member.CustomerId : "",
            isPlain && dice.Chance(0.03) ? member.Email : "",
            dice.Chance(0.04) ? $"+44 1632 960{index % 1000:000}" : "");
    }

    private void Remember(List<SampleOrder> earlier, SampleOrder order)
    {
        if (earlier.Count < Remembered)
            earlier.Add(order);
        else
            earlier[dice.Below(Remembered)] = order;
    }

    private void Count(SampleOrder order)
    {
        contents.Sales += order.IsReturn ? 0 : 1;
        contents.Returns += order.IsReturn ? 1 : 0;
        contents.ReturnsWithOriginalReceipt += order.Original is null ? 0 : 1;
        contents.ByOrderNumber += order.Receipt.Length == 0 ? 1 : 0;
        contents.AfterMidnight += DateOnly.FromDateTime(order.OccurredAt.DateTime) == order.BusinessDate ? 0 : 1;
        contents.VoidedLines += order.Lines.Count(line => line.Voided);
        contents.WeighedLines += order.Lines.Count(line => line.Product.Unit == "kg");
        contents.OrdersByCurrency[order.Store.Country.Currency] = contents.OrdersByCurrency.GetValueOrDefault(order.Store.Country.Currency) + 1;
        members.CountBuyer(order.Buyer, contents);
    }
}
