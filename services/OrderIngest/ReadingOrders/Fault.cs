namespace OrderIngest.ReadingOrders;

/// <summary>One thing that is wrong with an input. Never quotes the value: it may be personal data.</summary>
/// <param name="At">JSON path (<c>$.lines[2].quantity</c>), or row and column of a file (<c>row 12, quantity</c>).</param>
/// <param name="Says">What is wrong, in words that follow the place: <c>must be greater than 0</c>.</param>
internal sealed record Fault(string At, string Says);
