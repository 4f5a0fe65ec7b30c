using Microsoft.Extensions.Options;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;

namespace OrderIngest.WatchingInboxes;

/// <summary>
/// Takes a file that lies below <c>working/</c> into the journal and puts it away. After a crash at any point any instance goes on with it: reading continues behind the
/// last batch that was noted, and what was journaled and not noted comes out as duplicates.
/// </summary>
internal sealed class InboxImport(InboxFiles files, OrderIntake intake, OrderReaders readers, InboxMetrics metrics, IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<InboxImport> log)
{
    private TimeSpan Lease => options.Value.InboxLease;

    /// <summary>Returns when the file was put away, or left for later.</summary>
    /// <exception cref="IOException">The file cannot be read or moved; it stays where it is, and the next attempt goes on.</exception>
    public async Task Take(Inbox inbox, string workingFile, CancellationToken cancellationToken)
    {
        if (inbox.StampOf(workingFile) is not { } stamp || await files.Claim(inbox.Source.Name, workingFile, stamp.Size, Lease, cancellationToken) is not { } file)
            return;
        await using var lease = new InboxLease(files, file.Id, Lease, time, cancellationToken);
        try
        {
            if ((file.FinishedAt is null ? await Read(inbox, file, stamp, lease.Token) : file) is { } ended)
                await PutAway(inbox, ended, lease.Token);
        }
        catch (Exception exception) when (exception is LeaseLostException || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogMessages.InboxLeaseLost(log, inbox.Key, file.Id);
        }
        finally
        {
            await Release(file.Id);
        }
    }

    /// <summary>Closes what has no file any more: somebody moved or deleted it while nobody worked on it.</summary>
    public async Task CloseOrphans(Inbox inbox, CancellationToken cancellationToken)
    {
        foreach (var file in await files.LeftBehind(inbox.Source.Name, cancellationToken))
        {
            if (inbox.StampOf(file.WorkingFile!) is not null || await files.Claim(file.Source, file.WorkingFile!, file.Size, Lease, cancellationToken) is not { } orphan)
                continue;
            if (orphan is { FinishedAt: not null, MovedTo: { } place })
                await inbox.WriteReport(place, InboxReport.Of(orphan), cancellationToken);
            else if (orphan.FinishedAt is null)
                orphan = orphan with { State = InboxFileState.Failed, Error = "it was moved away from working/ by somebody else", FinishedAt = time.GetUtcNow() };
            await files.Save(orphan with { WorkingFile = null }, TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>The file as it ended, or null when it has to be looked at again later.</summary>
    private async Task<InboxFile?> Read(Inbox inbox, InboxFile file, FileStamp stamp, CancellationToken cancellationToken)
    {
        if (stamp.Size == 0)
            return await Finish(file with { State = InboxFileState.Failed, Error = "it is empty" }, cancellationToken);
        var sha256 = await inbox.Hash(file.WorkingFile!, cancellationToken);
        var configuration = SourceFingerprint.Of(options.Value, inbox.Source.Name);
        if (await files.FindSame(file, sha256, cancellationToken) is { } same)
        {
            // Under another configuration what was rejected may pass now.
            var sameReading = same.State == InboxFileState.Done || same.Configuration.AsSpan().SequenceEqual(configuration);
            if (same.FinishedAt is null)
                return null;
            if (sameReading)
                return await Finish(file with { State = InboxFileState.Repeated, SameAs = same.Id, Sha256 = sha256, Size = stamp.Size, BytesRead = 0, Counts = default }, cancellationToken);
        }
        var goesOn = file.Sha256.AsSpan().SequenceEqual(sha256) && file.Configuration.AsSpan().SequenceEqual(configuration);
        if (goesOn && file.InputsRead > 0)
            LogMessages.InboxFileResumed(log, inbox.Key, file.Id, file.InputsRead);
        file = (goesOn ? file : FromTheBeginning(file)) with { State = InboxFileState.Reading, Sha256 = sha256, Size = stamp.Size, Configuration = configuration };
        await files.Save(file, Lease, cancellationToken);
        try
        {
            file = await ReadInputs(inbox, file, cancellationToken);
        }
        catch (ReadingDiffersException)
        {
            file = FromTheBeginning(file);
            await files.Save(file, Lease, cancellationToken);
            file = await ReadInputs(inbox, file, cancellationToken);
        }
        if (inbox.StampOf(file.WorkingFile!) is { } now && now != stamp)
        {
            LogMessages.InboxFileChanged(log, inbox.Key, file.Id);
            return null;
        }
        return await Finish(file, cancellationToken);
    }

    private async Task<InboxFile> ReadInputs(Inbox inbox, InboxFile file, CancellationToken cancellationToken)
    {
        var before = file.Counts;
        var faults = new FirstFaults(file.Faults);
        await using var reading = new InboxReading(readers.For(inbox.Source.Format), inbox.Source, inbox.Open(file.WorkingFile!), InboxNames.IsGzip(file.Name));
        try
        {
            await intake.TakeInStepwise(
                reading.Inputs(file.InputsRead, file.Mark, cancellationToken), new($"inbox {file.Name}", inbox.Source.Format, file.Name), null, faults.Add,
                async counts =>
                {
                    var committed = file with { Counts = Sum(before, counts), Faults = faults.Json };
                    var place = reading.PlaceBehind(committed.InputsRead);
                    file = committed with { Mark = place.Mark, BytesRead = place.BytesRead };
                    await files.Save(file, Lease, cancellationToken);
                },
                cancellationToken);
        }
        catch (UnreadableHeaderException exception)
        {
            return file with { State = InboxFileState.Failed, Error = $"it cannot be understood: {exception.Message}" };
        }
        file = file with { BytesRead = file.Size };
        if (reading.Failure is { } failure)
        {
            LogMessages.InboxReadingFailed(log, inbox.Key, file.Id, failure);
            return file with { State = InboxFileState.Failed, Error = $"reading ended with {failure.GetType().Name} behind {file.InputsRead} inputs: a fault of this program, not of the file" };
        }
        return file with { State = StateOf(file.Counts, reading.Cut), Error = reading.Cut ?? (NothingTaken(file.Counts) ? "nothing in it is an order that keeps the rules" : null) };
    }

    private async Task<InboxFile> Finish(InboxFile file, CancellationToken cancellationToken)
    {
        file = file with { FinishedAt = time.GetUtcNow() };
        await files.Save(file, Lease, cancellationToken);
        return file;
    }

    /// <summary>Every step may be done again: a crash in between is made good by the next instance that looks.</summary>
    private async Task PutAway(Inbox inbox, InboxFile file, CancellationToken cancellationToken)
    {
        var under = file.State is InboxFileState.Failed or InboxFileState.Truncated ? InboxNames.Failed : InboxNames.Done;
        while (true)
        {
            var isThere = inbox.StampOf(file.WorkingFile!) is not null;
            if (file.MovedTo is null || isThere && inbox.IsTaken(file.MovedTo))
            {
                file = file with { MovedTo = inbox.PlaceFor(file.Name, under, file.FinishedAt!.Value) };
                await files.Save(file, Lease, cancellationToken);
            }
            if (!isThere || inbox.PutAway(file.WorkingFile!, file.MovedTo))
                break;
        }
        await inbox.WriteReport(file.MovedTo, InboxReport.Of(file), cancellationToken);
        await files.Save(file with { WorkingFile = null }, TimeSpan.Zero, cancellationToken);
        metrics.Finished(file);
        LogMessages.InboxFileFinished(
            log, inbox.Key, file.Id, InboxFileStateText.Of(file.State), file.Counts.Accepted, file.Counts.Duplicates, file.Counts.Conflicts, file.Counts.Rejected);
    }

    private async Task Release(long id)
    {
        // Also while stopping; a database that does not answer at once lets the lease run out instead.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            await files.Release(id, patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // The lease runs out by itself.
        }
    }

    private static InboxFileState StateOf(IntakeCounts counts, string? cut) =>
        cut is not null ? InboxFileState.Truncated
        : NothingTaken(counts) ? InboxFileState.Failed
        : counts.Rejected + counts.Conflicts > 0 ? InboxFileState.DoneWithRejections
        : InboxFileState.Done;

    private static bool NothingTaken(IntakeCounts counts) => counts is { Accepted: 0, Duplicates: 0, Conflicts: 0, Skipped: 0, Rejected: > 0 };

    private static InboxFile FromTheBeginning(InboxFile file) => file with { Counts = default, Mark = 0, BytesRead = 0, Faults = "[]" };

    private static IntakeCounts Sum(IntakeCounts a, IntakeCounts b) => new(
        a.Accepted + b.Accepted, a.Duplicates + b.Duplicates, a.Conflicts + b.Conflicts, a.Rejected + b.Rejected, a.RejectedRows + b.RejectedRows, a.Rows + b.Rows, a.Skipped + b.Skipped);
}
