namespace ProfileStoreSender.KeepingTheLedger;

/// <summary>
/// The ledger's table on one kind of database. Answers come in the order of the questions. Every statement may be repeated: a lost connection
/// may hide a commit.
/// </summary>
internal interface ILedgerStore
{
    /// <summary>What the row says, in words, where the customer may not be tracked; the reason is beside it.</summary>
    const string WhyForbidden = "not sent: the customer may not be tracked";

    /// <summary>Reasons that neither consent nor a provider lifts: an operator does.</summary>
    const string Lasting = "('erased', 'on_suppression_list')";

    /// <summary>
    /// Gives the right to send where there is no row, or one that is unavailable, unknown, suppressed, refused (when asked for), this process's own, or
    /// claimed by a process whose lease is over. Where an earlier request may have arrived, the repetition is counted as uncertain, or not given before the
    /// destination was asked.
    /// Where the customer may not be tracked, such a row is written as suppressed instead, by the same statement: no change that was committed before
    /// it is overlooked.
    /// </summary>
    Task<IReadOnlyList<ClaimResult>> Claim(ClaimBatch batch, CancellationToken cancellationToken);

    /// <summary>Writes outcomes, but nothing over accepted, and nothing over a live claim of another process except accepted; answers with the rows as they are then.</summary>
    Task<IReadOnlyList<LedgerEntry>> Record(OutcomeBatch batch, CancellationToken cancellationToken);

    /// <summary>The rows of one order.</summary>
    Task<IReadOnlyList<LedgerEntry>> OfOrder(Guid orderId, CancellationToken cancellationToken);

    /// <summary>Rows in the order of their keys; for a state that few rows are in, reads the whole table. Claims that are over at that time count as unknown.</summary>
    Task<IReadOnlyList<LedgerEntry>> List(LedgerFilter filter, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Counts by destination and state; reads the whole table. Claims that are over at that time count as unknown.</summary>
    Task<IReadOnlyList<StateCount>> Summarize(DateTimeOffset now, CancellationToken cancellationToken);
}
