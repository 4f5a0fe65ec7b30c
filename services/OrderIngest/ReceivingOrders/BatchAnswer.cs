using System.ComponentModel.DataAnnotations;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReceivingOrders;

/// <summary>Answer to a batch.</summary>
/// <param name="Accepted">Orders that are new.</param>
/// <param name="Duplicates">Orders that were accepted before, unchanged.</param>
/// <param name="Conflicts">Orders that were accepted before with other content; the first stands.</param>
/// <param name="Rejected">Inputs that break a rule.</param>
/// <param name="Skipped">Transactions that are no orders: training, cancelled, a sign-on.</param>
/// <param name="Lines">One entry per conflict or rejected input; beyond the configured number the rest is only counted.</param>
internal sealed record BatchAnswer(long Accepted, long Duplicates, long Conflicts, long Rejected, long Skipped, IReadOnlyList<RejectedLine> Lines);

/// <summary>An input of a batch that was not accepted.</summary>
/// <param name="Line">Line it begins at, from 1.</param>
/// <param name="Reason"><c>invalid</c> or <c>changed-after-acceptance</c>.</param>
/// <param name="OrderId">The sale, where known.</param>
/// <param name="Faults">Everything that is wrong with it.</param>
internal sealed record RejectedLine(int Line, [property: AllowedValues("invalid", "changed-after-acceptance")] string Reason, Guid? OrderId, IReadOnlyList<Fault> Faults);
