using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OrderIngest.GuardingSources;
using OrderIngest.JournalingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>What a request asks for in its address.</summary>
internal sealed record RejectedParameters
{
    private static readonly string[] TimeForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];
    private static readonly string[] Names = ["source", "reason", "fault", "file", "layout", "from", "to", "state", "after", "limit"];

    [FromQuery(Name = "source"), Description("Configured name of the source.")]
    public string? Source { get; init; }

    [FromQuery(Name = "reason"), Description("invalid, or changed-after-acceptance.")]
    public string? Reason { get; init; }

    [FromQuery(Name = "fault"), Description("Kind of fault, exactly as /rejected/summary writes it: lines[].sku is required.")]
    public string? Fault { get; init; }

    [FromQuery(Name = "file"), Description("Name of the file, without its folder.")]
    public string? File { get; init; }

    [FromQuery(Name = "layout"), Description("Kind of file, as the answer 400 of /rejected/download lists them.")]
    public string? Layout { get; init; }

    [FromQuery(Name = "from"), Description("First received at this moment or later: 2026-11-20 (UTC), or 2026-11-20T17:00:00Z.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("First received before this moment.")]
    public string? To { get; init; }

    [FromQuery(Name = "state"), Description("open (default), resubmitted or dismissed.")]
    public string? State { get; init; }

    [FromQuery(Name = "after"), Description("Place in the list, from the address next of the page before.")]
    public string? After { get; init; }

    [FromQuery(Name = "limit"), Description("Longest page, 1 to 500. Default 50.")]
    public int? Limit { get; init; }

    /// <summary>The filter, or what is wrong with it. A name that nobody knows is refused: a misspelt filter would show everything.</summary>
    public (RejectedFilter? Filter, string? Wrong) Read(HttpRequest request, RejectedScope scope, ConfiguredSources sources)
    {
        if (request.Query.Keys.FirstOrDefault(key => !Names.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            return (null, $"there is no filter {(unknown.Length > 40 ? unknown[..40] : unknown)}; there are {string.Join(", ", Names)}");
        var state = State is null ? RejectedState.Open : RejectedStateText.Parse(State);
        if (state is null)
            return (null, "state: is none of open, resubmitted, dismissed");
        if (After is not null && RejectedPlace.Parse(After) is null)
            return (null, "after: take it from the address next of the page before");
        return Read(new() { Source = Source, Reason = Reason, Fault = Fault, File = File, From = From, To = To }, state.Value, Layout, scope, sources);
    }

    /// <summary>As <see cref="Read(HttpRequest, RejectedScope, ConfiguredSources)"/>, from a body.</summary>
    public static (RejectedFilter? Filter, string? Wrong) Read(SelectionFilter given, RejectedState state, string? layout, RejectedScope scope, ConfiguredSources sources)
    {
        var reason = given.Reason is null ? null : RejectionReasonText.Parse(given.Reason);
        if (given.Reason is not null && reason is null)
            return (null, "reason: is none of invalid, changed-after-acceptance");
        if (!TryTime(given.From, out var from))
            return (null, "from: must be a date like 2026-11-20, or a time like 2026-11-20T17:00:00Z");
        if (!TryTime(given.To, out var to))
            return (null, "to: must be a date like 2026-11-20, or a time like 2026-11-20T17:00:00Z");
        if (new[] { given.Source, given.Fault, given.File, layout }.Any(text => text?.Contains('\0') == true))
            return (null, "a filter contains a control character");
        // Somebody else's source is as good as none.
        var source = given.Source is null ? scope.Source : sources.Find(given.Source)?.Name ?? given.Source;
        if (scope.Source is not null && source != scope.Source)
            return (null, "source: is not the one whose key this is");
        return (new() { State = state, Source = source, Reason = reason, Fault = given.Fault, File = given.File, From = from, To = to, Layout = layout }, null);
    }

    private static bool TryTime(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (text is null)
            return true;
        // A plus sign in an address that was not escaped arrives as a blank.
        var whole = text.Replace(' ', '+').Replace("Z", "+00:00", StringComparison.OrdinalIgnoreCase);
        if (!DateTimeOffset.TryParseExact(whole, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read))
            return false;
        instant = read;
        return true;
    }
}
