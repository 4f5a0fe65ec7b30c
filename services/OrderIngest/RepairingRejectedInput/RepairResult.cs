using System.ComponentModel.DataAnnotations;
using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>What came of one rejected input.</summary>
/// <param name="Id">The input.</param>
/// <param name="Outcome"><c>accepted</c>, <c>duplicate</c>, <c>conflict</c>, <c>rejected</c>, <c>no-order</c> or <c>not-open</c>.</param>
/// <param name="Source">Configured name of its source.</param>
/// <param name="File">The file it came in; null when it came in none.</param>
/// <param name="FirstRow">Row of the file it begins at.</param>
/// <param name="OrderIds">The sales in it, as far as they could be read.</param>
/// <param name="Faults">What is wrong with it today, by rows of its file; of an edited body by its own rows.</param>
/// <param name="Says">What to do, where that is not plain.</param>
internal sealed record RepairResult(
    long Id, [property: AllowedValues("accepted", "duplicate", "conflict", "rejected", "no-order", "not-open")] string Outcome, string Source, string? File, int FirstRow,
    IReadOnlyList<Guid> OrderIds, IReadOnlyList<Fault> Faults, string? Says = null)
{
    private const string Changed =
        "The sale was accepted before with other content, and that one stands: it may have reached the customer's profile. If this one is right, let the till book the difference as a return and a new sale, and dismiss this one.";

    public static RepairResult Of(KeptInput kept, RepairOutcome outcome, IReadOnlyList<Guid> orderIds, IReadOnlyList<Fault> faults, string? says = null) =>
        new(kept.Id, RepairOutcomeText.Of(outcome), kept.Entry.Source, kept.Entry.File, kept.Entry.FirstRow, orderIds, faults, says ?? (outcome == RepairOutcome.Conflict ? Changed : null));
}
