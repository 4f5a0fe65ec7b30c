using OrderIngest.GuardingSources;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ImportingFiles;

/// <summary>
/// Imports a file into the journal this host uses; the command line and Quickstart use it alike. Importing a file twice, or going on after a
/// crash by importing it again, has no second effect.
/// </summary>
public sealed class OrderFileImport
{
    private readonly OrderIntake _intake;
    private readonly ConfiguredSources _sources;
    private readonly OrderReaders _readers;
    private readonly IJournal _journal;
    private readonly TimeProvider _time;

    internal OrderFileImport(
        OrderIntake intake, ConfiguredSources sources, OrderReaders readers, IJournal journal, TimeProvider time) =>
        (_intake, _sources, _readers, _journal, _time) = (intake, sources, readers, journal, time);

    /// <summary>Reads the file to its end.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="source">Configured name of the source; its <c>Format</c> tells what the file holds.</param>
    /// <param name="progress">Told after each committed batch.</param>
    /// <param name="batchSize">Orders per statement; null = as configured.</param>
    /// <param name="cancellationToken">Stops; what was committed stays.</param>
    /// <exception cref="ImportFailedException">The source is not configured, or the file cannot be understood at all; nothing was taken.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Task<ImportProgress> Run(string file, string source, IProgress<ImportProgress>? progress = null, int? batchSize = null, CancellationToken cancellationToken = default) =>
        RunWithLines(file, null, source, progress, batchSize, cancellationToken);

    /// <summary>Reads a file of orders and the one of their lines; the rest is as with one file.</summary>
    public async Task<ImportProgress> RunWithLines(
        string file, string? lines, string source, IProgress<ImportProgress>? progress = null, int? batchSize = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var known = _sources.Find(source) ?? throw new ImportFailedException(SourceGuard.NotConfigured(source));
        var started = _time.GetTimestamp();
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan | FileOptions.Asynchronous);
        var place = new ReadingPlace();
        await using var second = lines is null ? null : new FileStream(lines, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan | FileOptions.Asynchronous);
        var size = stream.Length + (second?.Length ?? 0);
        try
        {
            var inputs = _readers.Read(stream, second, known, place, cancellationToken);
            var counts = await _intake.TakeIn(
                inputs, new($"import {Path.GetFileName(file)}", known.Format, Path.GetFileName(file)), batchSize, (_, _, _) => { }, counts => progress?.Report(Progress(counts)), cancellationToken);
            return Progress(counts);
        }
        catch (UnreadableHeaderException exception)
        {
            throw new ImportFailedException($"the file cannot be understood: {exception.Message}", exception);
        }

        ImportProgress Progress(IntakeCounts counts) => new(
            counts.Accepted, counts.Duplicates, counts.Conflicts, counts.Rejected, counts.RejectedRows, counts.Rows, counts.Skipped, place.Position, size, _time.GetElapsedTime(started));
    }

    /// <summary>What the journal holds now, whatever way it came.</summary>
    public Task<JournalCounts> CountJournal(CancellationToken cancellationToken = default) => _journal.Count(cancellationToken);
}

/// <summary>An import that could not begin. The text is for the operator.</summary>
public sealed class ImportFailedException : Exception
{
    /// <summary>Without a text.</summary>
    public ImportFailedException() { }

    /// <summary>With what is wrong.</summary>
    public ImportFailedException(string message) : base(message) { }

    /// <summary>With what is wrong and why.</summary>
    public ImportFailedException(string message, Exception innerException) : base(message, innerException) { }
}
