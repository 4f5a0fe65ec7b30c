using System.Text.Json;
using Contracts.OrderIngest;
using MessageExamples;

namespace RunningSystem;

/// <summary>An order as an ERP sends it: two lines, a loyalty card of its own.</summary>
public static class ErpOrder
{
    /// <summary>The configured source all of them come from.</summary>
    public const string Source = "pos-north";

    /// <summary>An order as a line of a file, or the body of a message.</summary>
    public static string Json(object order) => JsonSerializer.Serialize(order, JsonSerializerOptions.Web);

    /// <summary>The order with this receipt number, ready to be written as JSON.</summary>
    public static object Of(string receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return Of(receipt, $"29{receipt.PadLeft(10, '0')}");
    }

    /// <summary>The same for a card, or for nobody; another currency is other content under the same receipt number.</summary>
    public static object Of(string receipt, string? card, string currency = "EUR") => Of(receipt, new { LoyaltyCard = card }, currency);

    /// <summary>The same for whoever the till says it is; parts that it does not know are left out.</summary>
    public static object Of(string receipt, CustomerHint customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        (string Name, string? Value)[] parts =
        [
            ("loyaltyCard", customer.LoyaltyCard), ("customerNumber", customer.CustomerNumber), ("email", customer.Email), ("phone", customer.Phone),
        ];
        return Of(receipt, parts.Where(part => part.Value is not null).ToDictionary(part => part.Name, part => part.Value), "EUR");
    }

    private static object Of(string receipt, object customer, string currency)
    {
        var order = An.Order(receipt) with { Currency = currency };
        return new
        {
            source = Source,
            order.StoreId,
            order.RegisterId,
            order.ReceiptNumber,
            order.BusinessDate,
            kind = "sale",
            order.OccurredAt,
            order.Currency,
            customer,
            lines = order.Lines.Select(line => new { line.Number, line.Sku, line.Description, line.Quantity, line.Unit, line.UnitPrice, line.Discount, line.Total }),
            totals = new { order.Totals.Net, order.Totals.Tax, order.Totals.Gross },
        };
    }
}
