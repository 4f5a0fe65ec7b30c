namespace OrderIngest.RepairingRejectedInput;

/// <summary>One page of rejected input, the newest first.</summary>
/// <param name="Rejected">The inputs, without their bytes.</param>
/// <param name="Next">Address of the next page; null behind the last.</param>
internal sealed record RejectedPage(IReadOnlyList<RejectedEntry> Rejected, string? Next);
