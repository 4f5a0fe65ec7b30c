using System.Globalization;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Where in the list an input stands: by when it was first received, then by id. A page goes on behind it, whatever was added or repaired meanwhile.</summary>
internal readonly record struct RejectedPlace(DateTimeOffset ReceivedAt, long Id)
{
    /// <summary>Whether it stands behind another one, where the oldest is first.</summary>
    public bool IsBehind(RejectedPlace other) => (ReceivedAt, Id).CompareTo((other.ReceivedAt, other.Id)) > 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ReceivedAt.UtcTicks}-{Id}");

    /// <summary>Null when the text is not one that this type wrote.</summary>
    public static RejectedPlace? Parse(string? text) =>
        text?.Split('-') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), number)
            : null;
}
