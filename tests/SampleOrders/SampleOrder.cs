using System.Globalization;

namespace SampleOrders;

internal sealed record SampleLine(int Number, Product Product, decimal Quantity, decimal UnitPrice, decimal Discount, decimal Rate, bool Voided)
{
    public decimal Total => Cents(Quantity * UnitPrice) - Discount;

    public decimal Tax => Cents(Total * Rate / (100 + Rate));

    public static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}

internal sealed record SampleReceipt(string Store, string Register, string Receipt, DateOnly BusinessDate);

internal sealed record SampleBuyer(string Card = "", string Number = "", string Email = "", string Phone = "");

/// <summary>One order as the till knows it.</summary>
internal sealed record SampleOrder
{
    public required Store Store { get; init; }
    public required DateOnly BusinessDate { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required SampleBuyer Buyer { get; init; }
    public required IReadOnlyList<SampleLine> Lines { get; init; }
    public string OrderNumber { get; init; } = "";
    public string Register { get; init; } = "";
    public string Receipt { get; init; } = "";
    public bool IsReturn { get; init; }
    public SampleReceipt? Original { get; init; }

    /// <summary>One row per line of goods, order columns repeated: the columns of <see cref="ExportRows.Header"/>.</summary>
    public List<string[]> Rows()
    {
        var sold = Lines.Where(line => !line.Voided).ToList();
        var gross = sold.Sum(line => line.Total);
        var tax = sold.Sum(line => line.Tax);
        string[] order =
        [
            OrderNumber, Store.Id, Register, Receipt, Day(BusinessDate), OccurredAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            IsReturn ? "return" : "sale", Store.Country.Currency, "true", Buyer.Card, Buyer.Number, Buyer.Email, Buyer.Phone,
            Original?.Store ?? "", Original?.Register ?? "", Original?.Receipt ?? "", Original is null ? "" : Day(Original.BusinessDate),
            Money(gross - tax), Money(tax), Money(sold.Sum(line => line.Discount)), Money(gross),
        ];
        return
        [
            .. Lines.Select(line => (string[])
            [
                .. order, line.Number.ToString(CultureInfo.InvariantCulture), line.Product.Sku, line.Product.Barcode, line.Product.Description,
                line.Quantity.ToString(line.Product.Unit == "kg" ? "0.000" : "0", CultureInfo.InvariantCulture), line.Product.Unit, Money(line.UnitPrice),
                line.Discount == 0 ? "" : Money(line.Discount), Money(line.Tax), line.Rate.ToString(CultureInfo.InvariantCulture), Money(line.Total),
                line.Voided ? "true" : "",
            ]),
        ];
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
