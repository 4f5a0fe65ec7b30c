using System.Globalization;

namespace OrderIngest.ReplayingOrders;

/// <summary>Which orders of the journal are replayed; what is null does not matter.</summary>
internal sealed record ReplayFilter
{
    private const int MostStores = 1000;

    private static readonly string[] TimeForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>Name of the source, as the journal has it.</summary>
    public string? Source { get; init; }

    /// <summary>Ids of stores, sorted.</summary>
    public IReadOnlyList<string>? Stores { get; init; }

    /// <summary>Accepted at this moment or later, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Accepted before this moment, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>First business date.</summary>
    public DateOnly? BusinessDateFrom { get; init; }

    /// <summary>Last business date.</summary>
    public DateOnly? BusinessDateTo { get; init; }

    /// <summary>The filter, or what is wrong with it.</summary>
    public static (ReplayFilter? Filter, string? Wrong) Of(ReplayRequest request)
    {
        if (!TryTime(request.From, out var from))
            return (null, "from: must be a date like 2026-11-20, or a time like 2026-11-20T17:00:00Z");
        if (!TryTime(request.To, out var to))
            return (null, "to: must be a date like 2026-11-20, or a time like 2026-11-20T17:00:00Z");
        if (from >= to || request.BusinessDateFrom > request.BusinessDateTo)
            return (null, "from: is not before the end");
        if (request.Stores is { } stores && (stores.Count is 0 or > MostStores || stores.Any(string.IsNullOrWhiteSpace)))
            return (null, $"stores: 1 to {MostStores} ids, or leave it out");
        if ((request.Stores ?? []).Append(request.Source).Any(text => text?.Contains('\0') == true))
            return (null, "a filter contains a control character");
        return (new()
        {
            Source = request.Source?.Trim(),
            Stores = request.Stores is null ? null : [.. request.Stores.Select(store => store.Trim()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            From = from,
            To = to,
            BusinessDateFrom = request.BusinessDateFrom,
            BusinessDateTo = request.BusinessDateTo,
        }, null);
    }

    private static bool TryTime(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (text is null)
            return true;
        if (!DateTimeOffset.TryParseExact(
            text.Replace("Z", "+00:00", StringComparison.OrdinalIgnoreCase), TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read))
            return false;
        instant = read;
        return true;
    }
}
