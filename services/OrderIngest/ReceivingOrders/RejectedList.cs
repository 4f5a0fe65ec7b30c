using OrderIngest.ReadingOrders;

namespace OrderIngest.ReceivingOrders;

/// <summary>Answer to <c>GET /rejected</c>.</summary>
/// <param name="Latest">Newest first.</param>
internal sealed record RejectedList(IReadOnlyList<RejectedItem> Latest);

/// <summary>Input that was not accepted, without its content. Times are UTC.</summary>
/// <param name="Id">Number of the entry.</param>
/// <param name="Source">Name of the source, empty when unknown.</param>
/// <param name="Origin">Which way it came.</param>
/// <param name="Reason"><c>invalid</c> or <c>changed-after-acceptance</c>.</param>
/// <param name="OrderId">The sale it is about, where known.</param>
/// <param name="FirstRow">Row or line it begins at, from 1.</param>
/// <param name="Rows">How many rows it is.</param>
/// <param name="Times">How often the same bytes came.</param>
/// <param name="ReceivedAt">When they came first.</param>
/// <param name="LastReceivedAt">When they came last.</param>
/// <param name="Faults">Everything that is wrong with it.</param>
internal sealed record RejectedItem(
    long Id, string Source, string Origin, string Reason, Guid? OrderId, int FirstRow, int Rows, int Times, DateTimeOffset ReceivedAt, DateTimeOffset LastReceivedAt,
    IReadOnlyList<Fault> Faults);
