using OrderIngest.GuardingSources;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Who is asking, and whose input it may see. Another source's input is as good as none: its existence is nobody else's business.</summary>
/// <param name="Source">Name of the only source it may see; null for an operator, and for everybody where keys are not required.</param>
/// <param name="By">For the record: <c>operator</c>, the source, or anyone.</param>
internal sealed record RejectedScope(string? Source, string By)
{
    public static RejectedScope Of(HttpContext http) =>
        OperatorGuard.IsOperator(http) ? new(null, "operator") : SourceGuard.Of(http) is { } source ? new(source.Name, $"source {source.Name}") : new(null, "anyone");
}
