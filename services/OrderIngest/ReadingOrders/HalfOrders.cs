using System.Runtime.CompilerServices;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// Where an order is a number of rows, nothing in the last order of a cut stream says that rows are missing. The latest order is held back until another one
/// follows; when the stream turns out to be cut, it is rejected. In formats whose documents close themselves half an order is no order anyway.
/// </summary>
internal static class HalfOrders
{
    // So many rejected rows behind an order, and none of them was its own.
    private const int MostHeld = 1000;

    /// <summary>What is told of the order before a cut.</summary>
    public const string Says = "begins the last order before the cut: rows of it may be missing";

    public static bool MayBeUnnoticed(InputFormat format) =>
        format is not (InputFormat.Json or InputFormat.PosLog or InputFormat.Shopify or InputFormat.Square or InputFormat.Lightspeed);

    public static async IAsyncEnumerable<ReadInput> Reject(IAsyncEnumerable<ReadInput> inputs, GuardedStream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var held = new List<ReadInput>();
        await foreach (var input in inputs.WithCancellation(cancellationToken))
        {
            // The second half of an exchange has no rows of its own, and goes with the first.
            if (input is { Order: not null, Rows: > 0 } || held.Count == MostHeld)
            {
                foreach (var earlier in held)
                    yield return earlier;
                held.Clear();
            }
            held.Add(input);
        }
        foreach (var last in held)
        {
            if (!stream.IsCut)
                yield return last;
            else if (last.Order is not null)
                yield return last with { Order = null, Faults = [new($"row {last.FirstRow}", Says)], Edge = FileEdge.Cut, CutOff = true };
            else
                yield return ReferenceEquals(last, held[^1]) ? last with { Edge = FileEdge.Cut } : last;
        }
    }
}
