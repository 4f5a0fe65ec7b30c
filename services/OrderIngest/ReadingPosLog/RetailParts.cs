namespace OrderIngest.ReadingPosLog;

/// <summary>A transaction in which goods may have been sold, cut into what is looked at.</summary>
/// <param name="Transaction">All of it.</param>
/// <param name="Retail">Its <c>RetailTransaction</c>.</param>
/// <param name="Items">Its lines of any kind.</param>
internal sealed record RetailParts(XmlPart Transaction, XmlPart Retail, IReadOnlyList<XmlPart> Items)
{
    /// <summary>Line and goods of each line on which goods were sold or came back.</summary>
    public IReadOnlyList<(XmlPart Item, XmlPart Goods)> Goods { get; } = [.. Items.Select(item => (item, PosLogWords.GoodsIn(item))).Where(found => found.Item2 is not null).Select(found => (found.item, found.Item2!))];

    /// <summary>Lines on which was paid.</summary>
    public IReadOnlyList<(XmlPart Item, XmlPart Tender)> Tenders { get; } = [.. Items.SelectMany(item => item.All("Tender"), (item, tender) => (item, tender))];

    /// <summary>The parts, or null where the transaction is none of the kind. A few tills leave out the element around the lines.</summary>
    public static RetailParts? Of(XmlPart transaction)
    {
        var retail = transaction.Child("RetailTransaction") ?? transaction.Children.Find(child => child.Name == "RetailTransaction") ?? (transaction.Child("LineItem") is null ? null : transaction);
        return retail is null ? null : new(transaction, retail, [.. retail.All("LineItem")]);
    }
}
