using System.Collections.Concurrent;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.WatchingInboxes;

/// <summary>Reads a file's inputs, unpacked where it is packed, behind those that were committed before; notes how reading ended.</summary>
internal sealed class InboxReading : IAsyncDisposable
{
    private readonly IOrderReader _reader;
    private readonly Source _source;
    private readonly FileStream _file;
    private readonly Stream _unpacked;
    private readonly GuardedStream _stream;
    private readonly ReadingMark _mark = new();
    private readonly ConcurrentQueue<ReadPlace> _places = new();
    private ReadInput? _last;

    public InboxReading(IOrderReader reader, Source source, FileStream file, bool packed)
    {
        (_reader, _source, _file) = (reader, source, file);
        _unpacked = packed ? new GZipStream(file, CompressionMode.Decompress) : file;
        _stream = new(_unpacked);
    }

    /// <summary>What went wrong in the reader itself; the fault is in this program.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What is missing of the file, in words, or null.</summary>
    public string? Cut =>
        _stream.IsCut ? "its compressed bytes are damaged or cut off"
        : _last is { CutOff: true } || _last is { Order: null, Skipped: null } && LastRowIsOpen ? "it ends in the middle of an order"
        : null;

    // A rejected last row may be half of one, unless a line end or the brace of its object says that it is whole.
    private bool LastRowIsOpen => !_stream.EndsWithLineEnd && (HalfOrders.MayBeUnnoticed(_source.Format) || _source.Format == InputFormat.Json && _stream.LastByte != '}');

    /// <summary>The inputs behind those that were committed.</summary>
    /// <param name="committed">How many were.</param>
    /// <param name="mark">The mark they gave.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ReadingDiffersException">Reading gives something else than before.</exception>
    public async IAsyncEnumerable<ReadInput> Inputs(long committed, long mark, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var inputs = _reader.Read(_stream, _source, new(), cancellationToken);
        if (HalfOrders.MayBeUnnoticed(_source.Format))
            inputs = HalfOrders.Reject(inputs, _stream, cancellationToken);
        await using var each = inputs.GetAsyncEnumerator(cancellationToken);
        while (await Next(each) is { } input)
        {
            _mark.Add(input);
            _last = input;
            if (_mark.Inputs == committed && _mark.Value != mark)
                throw new ReadingDiffersException();
            if (_mark.Inputs <= committed)
                continue;
            _places.Enqueue(new(_mark.Inputs, _mark.Value, _file.Position));
            yield return input;
        }
        if (_mark.Inputs < committed)
            throw new ReadingDiffersException();
    }

    /// <summary>The place behind so many inputs; asked once, with a growing number, while reading may be further ahead.</summary>
    public ReadPlace PlaceBehind(long inputs)
    {
        while (_places.TryDequeue(out var place))
        {
            if (place.Inputs == inputs)
                return place;
        }
        throw new InvalidOperationException("more inputs were committed than read");
    }

    public ValueTask DisposeAsync() => _unpacked.DisposeAsync();

    private async ValueTask<ReadInput?> Next(IAsyncEnumerator<ReadInput> inputs)
    {
        try
        {
            return await inputs.MoveNextAsync() ? inputs.Current : null;
        }
        catch (Exception exception) when (exception is not (IOException or OperationCanceledException or UnreadableHeaderException or UnauthorizedAccessException))
        {
            // What was read before it is kept; the file is reported as failed where it stands.
            Failure = exception;
            return null;
        }
    }
}

/// <summary>A place between two inputs.</summary>
/// <param name="Inputs">How many are before it.</param>
/// <param name="Mark">What they gave.</param>
/// <param name="BytesRead">Bytes of the file that had been fetched by then.</param>
internal readonly record struct ReadPlace(long Inputs, long Mark, long BytesRead);

/// <summary>Reading a file again gave other inputs than the first time: it must be read from its beginning.</summary>
internal sealed class ReadingDiffersException : Exception
{
    public ReadingDiffersException() : base("the file's inputs are not those that were committed") { }

    public ReadingDiffersException(string message) : base(message) { }

    public ReadingDiffersException(string message, Exception innerException) : base(message, innerException) { }
}
