using Contracts.OrderIngest;

namespace ProfileStoreSender.SendingEvents;

/// <summary>
/// Makes an event fit, by one rule for all destinations: first all descriptions and barcodes go, then lines, from the last, as few as possible; the first line stays.
/// What fits is left as it is.
/// </summary>
internal static class EventTrimming
{
    /// <summary>The largest event of an order that fits; where not even one line does, the smallest, which does not fit.</summary>
    /// <param name="trackId">The event's id, whatever is left out of it.</param>
    /// <param name="order">The order.</param>
    /// <param name="largest">Most bytes.</param>
    /// <param name="build">The event with some of the lines, in UTF-8: more lines, more bytes.</param>
    public static BuiltEvent Fit(string trackId, Order order, int largest, Func<LinesShown, byte[]> build)
    {
        var whole = build(LinesShown.All);
        if (whole.Length <= largest)
            return new(trackId, whole);
        var withoutDetails = build(new(order.Lines.Count, WithDetails: false));
        var details = withoutDetails.Length < whole.Length ? " without descriptions and barcodes" : "";
        if (withoutDetails.Length <= largest)
            return new(trackId, withoutDetails) { Trimmed = $"sent{details}: {Why()}" };

        // Not line by line: an order may have a hundred thousand.
        var (fits, tooMany) = (1, order.Lines.Count);
        var body = build(new(fits, WithDetails: false));
        while (tooMany - fits > 1 && body.Length <= largest)
        {
            var middle = fits + (tooMany - fits) / 2;
            if (build(new(middle, WithDetails: false)) is var tried && tried.Length <= largest)
                (fits, body) = (middle, tried);
            else
                tooMany = middle;
        }
        return new(trackId, body) { Trimmed = $"sent{details} with {fits} of {order.Lines.Count} lines: {Why()}" };

        string Why() => $"whole, the event has {whole.Length} bytes, and {largest} are taken";
    }
}
