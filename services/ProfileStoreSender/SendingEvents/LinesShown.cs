using Contracts.OrderIngest;

namespace ProfileStoreSender.SendingEvents;

/// <summary>How much of an order's lines an event shows; its totals are those of the receipt either way.</summary>
/// <param name="Lines">The first so many.</param>
/// <param name="WithDetails">False leaves out their descriptions and barcodes.</param>
internal sealed record LinesShown(int Lines, bool WithDetails)
{
    /// <summary>All there is.</summary>
    public static LinesShown All { get; } = new(int.MaxValue, WithDetails: true);

    /// <summary>The lines to show.</summary>
    public IEnumerable<OrderLine> Of(Order order)
    {
        var lines = order.Lines.Take(Lines);
        return WithDetails ? lines : lines.Select(line => line with { Barcode = null, Description = null });
    }

    /// <summary>How many lines are missing; null when none is.</summary>
    public int? Omitted(Order order) => order.Lines.Count > Lines ? order.Lines.Count - Lines : null;
}
