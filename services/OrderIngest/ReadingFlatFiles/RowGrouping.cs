using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>Puts the rows of one file together to orders, one order at a time.</summary>
internal abstract class RowGrouping(FlatTable table, Source source, OrderRules rules)
{
    private readonly LostLines _lost = new(source.Rows.MustAddUp, bothWays: true);
    private readonly List<(RawRecord Record, Fault Fault)> _unassigned = [];
    private FileEdge _before;

    protected FlatTable Table { get; } = table;

    /// <summary>Whether it is one input that was kept, and no file.</summary>
    protected bool IsKept { get; } = source.EdgeOfKept is not null;

    /// <summary>The order whose rows are gathering.</summary>
    protected FlatOrderRows? Order { get; private set; }

    protected bool HasUnassigned => _unassigned.Count > 0;

    /// <summary>The next row that is not blank.</summary>
    public abstract void Take(RawRecord record, CsvRow row, List<ReadInput> inputs);

    /// <summary>What is left when the file ends.</summary>
    public virtual void End(RawRecord? last, List<ReadInput> inputs)
    {
        var isTorn = source.EdgeOfKept is { } edge ? edge == FileEdge.TornEnd : last is { HasLineEnd: false };
        if (isTorn && source.Rows.RequireLineEnd && Order is not null)
            Order.Fail(new($"row {last!.Row}", "has no line end: the file was cut off here"));
        Begin(null, isTorn ? FileEdge.TornEnd : FileEdge.End, inputs);
    }

    /// <summary>Hands on the order that gathered, and every row that belongs to none.</summary>
    /// <param name="next">The order that begins, or null.</param>
    /// <param name="edge">What stands behind the order that gathered.</param>
    /// <param name="inputs">Where to.</param>
    protected void Begin(FlatOrderRows? next, FileEdge edge, List<ReadInput> inputs)
    {
        if (HasUnassigned)
            edge = FileEdge.Damage;
        if (Order is not null)
            inputs.AddRange(Order.Finish(_lost, _before == FileEdge.Damage || edge == FileEdge.None ? _before == FileEdge.None ? edge : _before : edge));
        // A row that nobody could assign may have been the order's before it or the order's behind it.
        _before = edge == FileEdge.Damage || Order is null && _before == FileEdge.Damage ? FileEdge.Damage
            : Order?.IsDamaged == true ? FileEdge.DamagedOrder
            : edge == FileEdge.Twin ? edge : FileEdge.None;
        foreach (var (record, fault) in _unassigned)
            inputs.Add(Alone(record, fault));
        _unassigned.Clear();
        Order = next;
    }

    protected FlatOrderRows New(bool wasFull = false) => new(Table, source, rules) { WasFull = wasFull };

    /// <summary>Keeps a row until it is known what stands behind it.</summary>
    protected void Unassign(RawRecord record, Fault fault, List<ReadInput> inputs)
    {
        _unassigned.Add((record, fault));
        if (_unassigned.Count > rules.MaxLines)
            Begin(null, FileEdge.None, inputs);
    }

    /// <summary>A row that cannot be read between two rows of one order is a row of that order.</summary>
    protected void Absorb()
    {
        foreach (var (record, fault) in _unassigned)
            Order!.AddUnreadable(record, fault);
        _unassigned.Clear();
    }

    protected ReadInput Alone(RawRecord record, Fault fault) =>
        new() { Source = source.Name, Faults = [fault], Raw = [.. Table.Header, record.Bytes], FirstRow = record.Row, Rows = record.Rows, HeaderBytes = Table.HeaderBytes, Position = record.Position, Edge = FileEdge.Damage };

    protected static Fault? Broken(RawRecord record) =>
        record.TooLong ? new($"row {record.Row}", $"is longer than {CsvOrderReader.LongestRow} bytes; only these are kept")
        : record.OpenQuote ? new($"row {record.Row}", "has a quote that is never closed")
        : null;
}
