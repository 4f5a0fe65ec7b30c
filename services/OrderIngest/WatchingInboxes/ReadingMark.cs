using OrderIngest.ReadingOrders;

namespace OrderIngest.WatchingInboxes;

/// <summary>
/// A number that stands for the inputs that were read so far: where each began, how long it was, how many rows it had. Reading goes on behind them only when
/// reading again gave the same number; were one input more or less, an order would be passed over.
/// </summary>
internal sealed class ReadingMark
{
    private const ulong Start = 14695981039346656037, Prime = 1099511628211;

    private ulong _value = Start;

    /// <summary>Inputs so far.</summary>
    public long Inputs { get; private set; }

    /// <summary>As the database keeps it.</summary>
    public long Value => unchecked((long)_value);

    public void Add(ReadInput input)
    {
        Inputs++;
        Add(input.FirstRow);
        Add(input.Rows);
        Add(input.Position);
        Add(input.Raw.Sum(piece => (long)piece.Length));
    }

    // FNV-1a, a number at a time.
    private void Add(long number) => _value = unchecked((_value ^ (ulong)number) * Prime);
}
