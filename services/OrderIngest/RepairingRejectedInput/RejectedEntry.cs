using System.ComponentModel.DataAnnotations;
using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Rejected input as it is listed, without its bytes. Times are UTC.</summary>
internal sealed record RejectedEntry
{
    /// <summary>Its number, for <c>/rejected/{id}</c> and <c>ids</c>.</summary>
    public required long Id { get; init; }

    /// <summary>Configured name; empty when the input did not say whose it is.</summary>
    public required string Source { get; init; }

    /// <summary><c>invalid</c> or <c>changed-after-acceptance</c>.</summary>
    [AllowedValues("invalid", "changed-after-acceptance")]
    public required string Reason { get; init; }

    /// <summary><c>open</c>, <c>resubmitted</c> or <c>dismissed</c>.</summary>
    [AllowedValues("open", "resubmitted", "dismissed")]
    public required string State { get; init; }

    /// <summary>Which way it came: <c>POST /orders</c>, <c>POST /orders/batch</c>, <c>inbox FILE</c>, <c>import FILE</c> or <c>erp-orders</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>What the bytes are: <c>csv</c>, <c>json</c>, <c>poslog</c> and so on.</summary>
    public string? Format { get; init; }

    /// <summary>Name of the file it came in last, without its folder; null when it came in none.</summary>
    public string? File { get; init; }

    /// <summary>Row or line of that file it begins at, from 1.</summary>
    public required int FirstRow { get; init; }

    /// <summary>Rows or lines it is.</summary>
    public required int Rows { get; init; }

    /// <summary>Where in that file it begins, in bytes from 0.</summary>
    public required long Position { get; init; }

    /// <summary>How many bytes are kept, the header row included.</summary>
    public required long Bytes { get; init; }

    /// <summary>How often the same bytes came. Coming again does not open what was resubmitted or dismissed.</summary>
    public required int Times { get; init; }

    /// <summary>When it came first.</summary>
    public required DateTimeOffset FirstReceivedAt { get; init; }

    /// <summary>When it came last.</summary>
    public required DateTimeOffset LastReceivedAt { get; init; }

    /// <summary>The sale: the one that would have been changed, or the one that was accepted in the end; null while unknown.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>Everything that is wrong with it.</summary>
    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>When it was resubmitted or dismissed; null while it is open.</summary>
    public DateTimeOffset? StateAt { get; init; }

    /// <summary>Who did that: <c>operator</c>, the source, or anyone.</summary>
    public string? StateBy { get; init; }

    /// <summary>Why it was dismissed, or how it was repaired.</summary>
    public string? Note { get; init; }

    public RejectedPlace Place() => new(FirstReceivedAt, Id);
}
