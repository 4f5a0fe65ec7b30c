namespace ProfileStoreSender.KeepingConsents;

/// <summary>The consents' table on one kind of database. Read by the ledger's claim, in the statement that gives the right to send.</summary>
internal interface IConsentStore
{
    /// <summary>
    /// Keeps the latest word for each customer and reason; of two of the same instant the one that forbids. What is older changes nothing, so any
    /// order and any repetition of changes ends in the same rows.
    /// </summary>
    Task Remember(IReadOnlyList<Consent> consents, CancellationToken cancellationToken);
}
