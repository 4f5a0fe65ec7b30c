namespace OrderIngest.ReadingOrders;

/// <summary>An order as it came in, in parts, every value still unchecked.</summary>
/// <param name="Order">The order's own fields.</param>
/// <param name="Customer">Who bought, where the input says so.</param>
/// <param name="Totals">The totals.</param>
/// <param name="OriginalReceipt">The receipt that a return refers to, where named.</param>
/// <param name="Lines">Every line, voided ones included.</param>
internal sealed record SubmittedFields(Fields Order, Fields? Customer, Fields? Totals, Fields? OriginalReceipt, IReadOnlyList<Fields> Lines);
