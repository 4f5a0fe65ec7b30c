namespace Contracts.OrderIngest;

/// <summary>Names an earlier receipt, as far as the till knows it.</summary>
public sealed record ReceiptReference
{
    /// <summary>The id of that order in this system, when all parts of its key are known; the order itself may never have been received.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>Store of the earlier receipt.</summary>
    public string? StoreId { get; init; }

    /// <summary>Till of the earlier receipt.</summary>
    public string? RegisterId { get; init; }

    /// <summary>Number of the earlier receipt.</summary>
    public string? ReceiptNumber { get; init; }

    /// <summary>The source's own number of the earlier order, where it has one.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Business date of the earlier receipt.</summary>
    public DateOnly? BusinessDate { get; init; }
}
