namespace Contracts.OrderIngest;

/// <summary>The receipt's totals, in the order's currency, as the till states them.</summary>
public sealed record OrderTotals
{
    /// <summary>Without tax (POSLog TransactionNetAmount), where stated.</summary>
    public decimal? Net { get; init; }

    /// <summary>Tax (POSLog TransactionTaxAmount), where stated.</summary>
    public decimal? Tax { get; init; }

    /// <summary>Sum of the discounts, where stated.</summary>
    public decimal? Discount { get; init; }

    /// <summary>What the customer paid or got back (POSLog TransactionGrandAmount); 0 or more.</summary>
    public required decimal Gross { get; init; }

    /// <summary>Cash rounding contained in <see cref="Gross"/>; may be negative.</summary>
    public decimal? Rounding { get; init; }
}
