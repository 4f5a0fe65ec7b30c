namespace OrderIngest.ImportingFiles;

/// <summary>How far an import is, or how it ended.</summary>
/// <param name="Accepted">New orders.</param>
/// <param name="Duplicates">Orders that were accepted before, unchanged.</param>
/// <param name="Conflicts">Orders that were accepted before with other content; kept with the rejected input.</param>
/// <param name="Rejected">Orders, or rows that belong to none, that break a rule.</param>
/// <param name="RejectedRows">Rows in conflicts and rejected orders.</param>
/// <param name="Rows">Rows of orders read so far, the header row not counted.</param>
/// <param name="Skipped">Transactions that are no orders: training, cancelled, a sign-on.</param>
/// <param name="BytesRead">Bytes of the file read so far.</param>
/// <param name="BytesInAll">Size of the file in bytes.</param>
/// <param name="Elapsed">Time since the import began.</param>
public sealed record ImportProgress(
    long Accepted, long Duplicates, long Conflicts, long Rejected, long RejectedRows, long Rows, long Skipped, long BytesRead, long BytesInAll, TimeSpan Elapsed)
{
    /// <summary>Everything that was not accepted.</summary>
    public long NotAccepted => Conflicts + Rejected;

    /// <summary>Orders, accepted or not.</summary>
    public long Orders => Accepted + Duplicates + NotAccepted;

    /// <summary>Orders per second so far.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Orders / Elapsed.TotalSeconds : 0;

    /// <summary>Time left, by the part of the file that is read.</summary>
    public TimeSpan? Left => BytesRead > 0 && BytesInAll > 0 ? Elapsed * ((double)Math.Max(0, BytesInAll - BytesRead) / BytesRead) : null;
}
