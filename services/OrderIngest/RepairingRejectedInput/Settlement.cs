using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>What is written about an input after an attempt to repair it.</summary>
/// <param name="Id">The input.</param>
/// <param name="State">What it is from now on; open when the attempt failed.</param>
/// <param name="OrderId">The sale, where known.</param>
/// <param name="Note">How it was repaired, or why it needs no repair.</param>
/// <param name="Faults">What is wrong with it today; null leaves what was noted before.</param>
internal sealed record Settlement(long Id, RejectedState State, Guid? OrderId = null, string? Note = null, IReadOnlyList<Fault>? Faults = null);
