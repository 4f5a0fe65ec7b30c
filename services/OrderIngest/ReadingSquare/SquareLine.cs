using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingSquare;

/// <summary>A line that was sold, or one that came back.</summary>
internal static class SquareLine
{
    public static ReceiptLine Read(JsonPart line, int number, bool isReturn)
    {
        var quantity = line.Number("quantity");
        // What the article costs with its modifiers: 0 and a modifier of 265 is how some sell.
        var sum = SquareMoney.Of(line.Part("gross_sales_money") ?? line.Part("gross_return_money"));
        return new()
        {
            Place = line.Path,
            Number = $"{number}",
            IsReturn = isReturn,
            Sku = line.Text("sku", "catalog_object_id", "name", "item_type"),
            Description = string.Join(", ", new[] { line.Text("name"), line.Text("variation_name") }.OfType<string>()) is { Length: > 0 } name ? name : null,
            Quantity = quantity,
            Unit = line.Part("quantity_unit")?.Part("measurement_unit")?.Text("weight_unit", "length_unit", "volume_unit", "area_unit", "generic_unit"),
            UnitPrice = quantity is { } pieces and not 0 && sum is { } whole ? decimal.Round(whole / pieces, 4) : SquareMoney.Of(line.Part("base_price_money")),
            Discount = SquareMoney.Of(line.Part("total_discount_money")),
            TaxAmount = SquareMoney.Of(line.Part("total_tax_money")),
            Total = SquareMoney.Of(line.Part("total_money")) ?? sum,
        };
    }

    /// <summary>
    /// A line's total contains its tax; its price only where the tax is an inclusive one. Where a tax was added, it is taken off the total, so that price and total
    /// speak of the same. True when prices include the tax.
    /// </summary>
    public static bool TakeTaxOff(IReadOnlyList<ReceiptLine> lines)
    {
        var added = lines.Where(line => line is { TaxAmount: > 0, Total: { } total, UnitPrice: { } price, Quantity: { } pieces }
            && Math.Abs(price * pieces - (line.Discount ?? 0) + line.TaxAmount.Value - total) < Math.Abs(price * pieces - (line.Discount ?? 0) - total)).ToList();
        foreach (var line in added)
            line.Total -= line.TaxAmount;
        return added.Count == 0;
    }
}
