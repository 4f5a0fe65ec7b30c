using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingPosLog;

/// <summary>One <c>LineItem</c> on which goods were sold or came back.</summary>
internal static class PosLogLine
{
    private const decimal Tolerance = 0.05m;

    public static ReceiptLine Read(XmlPart item, XmlPart goods, List<Fault> faults)
    {
        var number = item.TextOf("SequenceNumber", "LineItemSequenceNumber");
        var kind = goods.Attribute("ItemType");
        // Some put what identifies the article into an element of its own.
        var inside = goods.Child("Item");
        var line = new ReceiptLine
        {
            Place = number is null ? "LineItem" : $"LineItem {number}",
            Number = number,
            Sku = goods.TextOf("ItemID", "SKU") ?? inside?.TextOf("ItemID", "ItemNumber") ?? Scanned(goods, "RSID"),
            Barcode = Scanned(goods, null) ?? inside?.TextOf("UPCNumber", "UPC", "EAN", "GTIN"),
            Description = goods.TextOf("Description") ?? Named(goods) ?? goods.TextOf("ItemDescription", "ShortDescription", "ReceiptDescription", "ItemDesc") ?? inside?.TextOf("ItemName", "Description"),
            Unit = goods.Child("Quantity")?.Attribute("UnitOfMeasureCode"),
            IsReturn = PosLogWords.CameBack(goods) || PosLogWords.SaysReturn(goods.Attribute("TypeCode")) || PosLogWords.SaysReturn(kind),
            // A cancelled line was taken back before anything else was said about it.
            IsVoid = Flag("VoidFlag", item, goods) || Flag("CancelFlag", item, goods),
            VoidedNumber = Linked(item) ?? Linked(goods),
            IsDeduction = PosLogWords.SaysDeduction(kind) || PosLogWords.SaysDeduction(goods.Attribute("TypeCode")),
        };
        if (PosLogWords.IsSaleOf(goods))
            line.Description ??= goods.Name[PosLogWords.SaleOf.Length..];
        Amounts(goods, line, faults);
        return line;
    }

    // Where several ids have names, those tell the ids apart.
    private static string? Named(XmlPart goods) => goods.All("ItemID").Count() == 1 ? goods.Child("ItemID")!.Attribute("Name") : null;

    private static bool Flag(string name, XmlPart item, XmlPart goods) => PosLogWords.IsTrue(item.Says(name) ?? goods.Says(name));

    /// <summary>The scanned code: of several the one of a type, or the first.</summary>
    private static string? Scanned(XmlPart goods, string? type)
    {
        foreach (var identity in goods.All("POSIdentity"))
        {
            if ((type is null || identity.Attribute("POSIDType") == type) && identity.TextOf("POSItemID") is { } code)
                return code;
        }
        return null;
    }

    /// <summary>Number of the line that this one links to.</summary>
    private static string? Linked(XmlPart part)
    {
        if (part.Child("ItemLink") is not { } link)
            return part.TextOf("VoidedLineItemSequenceNumber", "VoidedSequenceNumber");
        return link.TextOf("LineItemSequenceNumber", "SequenceNumber", "ItemLinkSequenceNumber") ?? (link.Text.Length > 0 && link.Text.All(char.IsAsciiDigit) ? link.Text : null);
    }

    private static void Amounts(XmlPart goods, ReceiptLine line, List<Fault> faults)
    {
        line.Total = Number(goods, line.Place, faults, "ExtendedAmount", "ExtendedNetAmount", "NetAmount", "Amount", "InitialBalance");
        line.UnitPrice = Number(goods, line.Place, faults, "ActualSalesUnitPrice", "RegularSalesUnitPrice", "RegularSaleUnitPrice", "UnitListPrice", "UnitRetailPrice", "UnitPrice", "SuggestedPrice");
        line.Quantity = Quantity(goods, line, faults) ?? (PosLogWords.IsSaleOf(goods) ? 1 : null);
        line.StatedDiscount = PosLogWords.AmountOf(goods, "ExtendedDiscountAmount") ?? Subtracted(goods);
        if (line is { UnitPrice: { } price, Quantity: { } pieces, Total: { } total })
        {
            // A stated discount may be inside of the price already; what counts is what is between price and amount.
            var between = Math.Abs(price * pieces) - Math.Abs(total);
            line.Discount = between > Tolerance ? between : 0;
        }
        var (taxes, rate) = (0, (decimal?)null);
        foreach (var tax in goods.All("Tax"))
        {
            if (Number(tax, line.Place, faults, "Amount") is { } amount)
                line.TaxAmount = (line.TaxAmount ?? 0) + amount;
            rate = Number(tax, line.Place, faults, "Percent", "TaxPercent");
            taxes++;
        }
        line.TaxRate = taxes == 1 && rate >= 0 ? rate : null;
    }

    private static decimal? Subtracted(XmlPart goods)
    {
        decimal? sum = null;
        foreach (var modifier in goods.All("RetailPriceModifier"))
        {
            if (modifier.Child("Amount")?.Attribute("Action") is "Subtract" && PosLogWords.AmountOf(modifier, "Amount") is { } amount)
                sum = (sum ?? 0) + amount;
        }
        return sum;
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
        if (text is null or 0)
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
                return Math.Abs(number) < Largest ? number : Fault("is beyond 1,000,000,000,000");
            return Fault("must be a number with a decimal point");

            decimal? Fault(string says)
            {
                faults.Add(new($"{place}, {name}", says));
                return null;
            }
        }
        return null;
    }

    // Sums and products of such numbers fit into a decimal.
    private const decimal Largest = 1_000_000_000_000m;
}
