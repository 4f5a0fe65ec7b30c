using System.Globalization;
using OrderIngest.ReceivingOrders;

namespace OrderIngest.Tests.ReadingOrders;

/// <summary>Writes orders as a flat file.</summary>
internal static class FlatFile
{
    public const string Header =
        "order_number,store_id,register_id,receipt_number,business_date,occurred_at,kind,currency,prices_include_tax,loyalty_card,customer_number,email,phone,original_store_id,original_register_id," +
        "original_receipt_number,original_business_date,total_net,total_tax,total_discount,total_gross,total_rounding,line_number,sku,barcode,description,quantity,unit,unit_price,line_discount,line_tax,line_tax_rate,line_total,voided";

    public static string Of(params SubmittedOrder[] orders) => With("\n", orders);

    public static string With(string lineEnd, params SubmittedOrder[] orders) => string.Concat(orders.SelectMany(Rows).Prepend(Header).Select(row => row + lineEnd));

    public static IEnumerable<string> Rows(SubmittedOrder order) => order.Lines.Select(line => Row(
        order.OrderNumber, order.StoreId, order.RegisterId, order.ReceiptNumber, order.BusinessDate, order.OccurredAt, order.Kind, order.Currency, order.PricesIncludeTax,
        order.Customer?.LoyaltyCard, order.Customer?.CustomerNumber, order.Customer?.Email, order.Customer?.Phone,
        order.OriginalReceipt?.StoreId, order.OriginalReceipt?.RegisterId, order.OriginalReceipt?.ReceiptNumber, order.OriginalReceipt?.BusinessDate,
        order.Totals.Net, order.Totals.Tax, order.Totals.Discount, order.Totals.Gross, order.Totals.Rounding,
        line.Number, line.Sku, line.Barcode, line.Description, line.Quantity, line.Unit, line.UnitPrice, line.Discount, line.TaxAmount, line.TaxRate, line.Total, line.Voided));

    private static string Row(params object?[] values)
    {
        var fields = values.Select(value => value switch
        {
            null => "",
            bool flag => flag ? "true" : "false",
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        });
        return string.Join(',', fields.Select(text => text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
    }
}
