namespace Contracts.OrderIngest;

/// <summary>One line of goods. Amounts are in the order's currency and not negative.</summary>
public sealed record OrderLine
{
    /// <summary>Position on the receipt, 1 or more; gaps are left by voided lines.</summary>
    public required int Number { get; init; }

    /// <summary>The retailer's product code (POSLog ItemID); equal to the web catalogue's code where both use one code system.</summary>
    public required string Sku { get; init; }

    /// <summary>The scanned code (POSLog POSIdentity/POSItemID), usually a GTIN.</summary>
    public string? Barcode { get; init; }

    /// <summary>The text printed on the receipt.</summary>
    public string? Description { get; init; }

    /// <summary>Pieces, or kilograms, metres and so on for weighed or measured goods; greater than 0.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Unit of <see cref="Quantity"/>, for example <c>pcs</c> or <c>kg</c>; absent means pieces.</summary>
    public string? Unit { get; init; }

    /// <summary>Price of one unit before <see cref="Discount"/>.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>Discount on the whole line; 0 when there is none.</summary>
    public decimal Discount { get; init; }

    /// <summary>Tax contained in or added to this line, where the source states it.</summary>
    public decimal? TaxAmount { get; init; }

    /// <summary>Tax rate in per cent, where the source states it.</summary>
    public decimal? TaxRate { get; init; }

    /// <summary>What the line costs after discount, as the till says.</summary>
    public required decimal Total { get; init; }
}
