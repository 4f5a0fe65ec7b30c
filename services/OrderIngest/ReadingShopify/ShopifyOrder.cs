using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingShopify;

/// <summary>A paid order as the sale it began as. What came back later stands in its refunds.</summary>
internal static class ShopifyOrder
{
    public static Receipt Read(JsonPart order)
    {
        // After an edit the lines and totals of the beginning are no longer what was bought. Refunds change the current ones too, but they are returns of their own.
        var isEdited = order.Parts("refunds").Count == 0 && order.Number("current_total_price") is { } current && current != order.Number("total_price");
        var prefix = isEdited ? "current_" : "";
        var gross = order.Number($"{prefix}total_price", "total_price", "current_total_price");
        var tax = order.Number($"{prefix}total_tax", "total_tax");
        var receipt = new Receipt
        {
            MayHaveBusinessDate = false,
            StoreId = Store(order),
            RegisterId = order.Text("device_id"),
            OrderNumber = order.Text("id"),
            OccurredAt = Time(order.Text("processed_at", "created_at")),
            Currency = order.Text("currency"),
            PricesIncludeTax = order.IsTrue("taxes_included"),
            Net = gross - tax,
            Tax = tax,
            Discount = order.Number($"{prefix}total_discounts", "total_discounts") is { } discount and not 0 ? discount : null,
            Gross = gross,
        };
        if (isEdited)
            receipt.Notes.Add("was edited: the current lines and totals are taken");
        Customer(receipt, order);
        foreach (var line in order.Parts("line_items"))
        {
            var quantity = isEdited ? line.Number("current_quantity", "quantity") : line.Number("quantity");
            if (quantity != 0)
                receipt.Lines.Add(Line(line, receipt.Lines.Count + 1, quantity));
        }
        return receipt;
    }

    /// <summary>Where it was sold; the web shop is nowhere.</summary>
    public static string? Store(JsonPart order) => order.Text("location_id") ?? order.Part("retail_location")?.Text("id");

    public static void Customer(Receipt receipt, JsonPart order)
    {
        var customer = order.Part("customer");
        receipt.Email = order.Text("email", "contact_email") ?? customer?.Text("email");
        receipt.Phone = order.Text("phone") ?? customer?.Text("phone");
        receipt.CustomerNumber = customer?.Text("id");
    }

    /// <summary>A line as it was sold.</summary>
    public static ReceiptLine Line(JsonPart line, int number, decimal? quantity)
    {
        var price = line.Number("price");
        // Discounts of the whole order are only in the allocations; those of the line are in both.
        var discount = Math.Max(line.Number("total_discount") ?? 0, line.Parts("discount_allocations").Sum(part => part.Number("amount") ?? 0));
        var taxes = line.Parts("tax_lines");
        return new()
        {
            Place = line.Path,
            Number = $"{number}",
            Sku = line.Text("sku", "variant_id", "product_id", "title"),
            Description = line.Text("name", "title"),
            Quantity = quantity,
            UnitPrice = price,
            Discount = discount,
            Total = price * quantity - discount,
            TaxAmount = taxes.Count == 0 ? null : taxes.Sum(tax => tax.Number("price") ?? 0),
            TaxRate = taxes is [var only] ? only.Number("rate") * 100 : null,
        };
    }

    /// <summary>Shopify writes -00:00 where it does not know the zone: that is UTC.</summary>
    public static string? Time(string? time) => time is not null && time.EndsWith("-00:00", StringComparison.Ordinal) ? $"{time[..^6]}+00:00" : time;
}
