using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>One <c>LineItem</c>: of interest when goods were sold or came back.</summary>
internal static class PosLogLine
{
    private const decimal Tolerance = 0.05m;

    private static readonly string[] Sold = ["Sale", "SaleForDelivery", "SaleForPickup"], Back = ["Return", "ReturnForDelivery", "ReturnForPickup"];

    /// <summary>The line, or null for tenders, discounts, taxes, totals and everything else.</summary>
    public static ReceiptLine? Read(XmlPart item, List<Fault> faults)
    {
        var goods = Sold.Concat(Back).Select(item.Child).FirstOrDefault(child => child is not null);
        if (goods is null)
            return null;
        var number = item.TextOf("SequenceNumber");
        var line = new ReceiptLine
        {
            Place = number is null ? "LineItem" : $"LineItem {number}",
            Number = number,
            Sku = goods.TextOf("ItemID", "SKU") ?? Identity(goods, "RSID"),
            Barcode = Identity(goods, null),
            Description = goods.TextOf("Description") ?? goods.Child("ItemID")?.Attribute("Name"),
            Unit = goods.Child("Quantity")?.Attribute("UnitOfMeasureCode"),
            IsReturn = Back.Contains(goods.Name) || PosLogWords.SaysReturn(goods.Attribute("TypeCode")) || PosLogWords.SaysReturn(goods.Attribute("ItemType")),
            // A cancelled line was taken back before anything else was said about it.
            IsVoid = Flag("VoidFlag", item, goods) || Flag("CancelFlag", item, goods),
            VoidedNumber = VoidedNumber(item) ?? VoidedNumber(goods),
        };
        Amounts(goods, line, faults);
        return line;
    }

    private static bool Flag(string name, XmlPart item, XmlPart goods) => PosLogWords.IsTrue(item.Attribute(name) ?? goods.Attribute(name) ?? item.TextOf(name));

    /// <summary>The scanned code; of several the one of a type, or the first.</summary>
    private static string? Identity(XmlPart goods, string? type) => goods.All("POSIdentity")
        .Where(identity => type is null || identity.Attribute("POSIDType") == type)
        .Select(identity => identity.TextOf("POSItemID")).FirstOrDefault(text => text is not null);

    private static string? VoidedNumber(XmlPart part)
    {
        if (part.Child("ItemLink") is not { } link)
            return part.TextOf("VoidedLineItemSequenceNumber", "VoidedSequenceNumber");
        return link.TextOf("LineItemSequenceNumber", "SequenceNumber", "ItemLinkSequenceNumber") ?? (link.Text.Length > 0 && link.Text.All(char.IsAsciiDigit) ? link.Text : null);
    }

    private static void Amounts(XmlPart goods, ReceiptLine line, List<Fault> faults)
    {
        line.Total = Number(goods, line.Place, faults, "ExtendedAmount");
        line.UnitPrice = Number(goods, line.Place, faults, "ActualSalesUnitPrice", "RegularSalesUnitPrice", "UnitListPrice");
        line.Quantity = Quantity(goods, line, faults);
        if (line is { UnitPrice: { } price, Quantity: { } pieces, Total: { } total })
        {
            // A stated discount may be inside of the price already; what counts is what is between price and amount.
            var between = Math.Abs(price * pieces) - Math.Abs(total);
            line.Discount = between > Tolerance ? between : 0;
        }
        var taxes = goods.All("Tax").ToList();
        var amounts = taxes.ConvertAll(tax => Number(tax, line.Place, faults, "Amount"));
        line.TaxAmount = amounts.Exists(amount => amount is not null) ? amounts.Sum(amount => amount ?? 0) : null;
        line.TaxRate = taxes is [var only] ? Number(only, line.Place, faults, "Percent", "TaxPercent") : null;
    }

    /// <summary>
    /// Some tills write the quantity as text, others in the attribute Units beside a text of 1. Where both are there and differ, the one stands that makes price
    /// times quantity the amount; else the text, unless it is 1.
    /// </summary>
    private static decimal? Quantity(XmlPart goods, ReceiptLine line, List<Fault> faults)
    {
        var text = Number(goods, line.Place, faults, "Quantity");
        if (goods.Child("Quantity")?.Attribute("Units") is not { } attribute || !PosLogWords.TryNumber(attribute, out var units) || units == 0 || units == text)
            return text;
        if (text is null)
            return units;
        if (line is { UnitPrice: { } price, Total: { } total } && IsProduct(price, text.Value, total) != IsProduct(price, units, total))
            return IsProduct(price, units, total) ? units : text;
        return Math.Abs(text.Value) == 1 ? units : text;
    }

    private static bool IsProduct(decimal price, decimal quantity, decimal total) => Math.Abs(Math.Abs(price * quantity) - Math.Abs(total)) <= Tolerance;

    /// <summary>The first of these amounts that is there; what is no number is a fault.</summary>
    public static decimal? Number(XmlPart part, string place, List<Fault> faults, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (part.TextOf(name) is not { } text)
                continue;
            if (PosLogWords.TryNumber(text, out var number))
                return number;
            faults.Add(new($"{place}, {name}", "must be a number with a decimal point"));
            return null;
        }
        return null;
    }
}
