namespace OrderIngest.ReadingOrders;

/// <summary>One part of a settled receipt, in the names that the rules ask for.</summary>
/// <param name="place">Where the part is, in the words of the format; empty for the transaction itself.</param>
/// <param name="faults">Where faults are noted.</param>
internal sealed class ReceiptFields(string place, List<Fault> faults) : Fields(faults)
{
    // So few that looking through them is quicker than any index.
    private readonly List<(string Name, RawValue Value)> _values = new(12);

    public override string At(string name) => place.Length == 0 ? name : $"{place}, {name}";

    public ReceiptFields With(string name, string? text)
    {
        if (text is not null)
            _values.Add((name, new(RawKind.Text, text)));
        return this;
    }

    public ReceiptFields With(string name, decimal? number)
    {
        if (number is { } value)
            _values.Add((name, new(RawKind.Number, Number: value)));
        return this;
    }

    public ReceiptFields With(string name, bool flag)
    {
        _values.Add((name, new(flag ? RawKind.True : RawKind.False)));
        return this;
    }

    protected override RawValue Raw(string name)
    {
        foreach (var (known, value) in _values)
        {
            if (known == name)
                return value;
        }
        return RawValue.Absent;
    }
}
