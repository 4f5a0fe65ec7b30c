using System.IO.Compression;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>The files in a stream: it is one itself, or a zip of several (the data package of an ERP).</summary>
internal sealed class FlatParts : IAsyncDisposable
{
    private static readonly string[] Endings = [".csv", ".txt", ".tsv"];

    private readonly ZipArchive? _zip;
    private readonly Stream? _spooled;

    private FlatParts(Stream stream) => Streams = [_ => new(stream)];

    private FlatParts(ZipArchive zip, Stream? spooled, long most)
    {
        (_zip, _spooled) = (zip, spooled);
        // One for all of them together.
        var allowance = new Allowance(most);
        Streams = [.. zip.Entries.Where(entry => Endings.Any(ending => entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Select(entry => (Func<CancellationToken, ValueTask<Stream>>)(async token => new UnpackedStream(await entry.OpenAsync(token), allowance)))];
    }

    /// <summary>Each to be opened when it is its turn.</summary>
    public IReadOnlyList<Func<CancellationToken, ValueTask<Stream>>> Streams { get; }

    /// <param name="stream">From its beginning.</param>
    /// <param name="most">Most bytes that may come out of a zip.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="UnreadableHeaderException">A zip that cannot be opened.</exception>
    /// <exception cref="TooMuchUnpackedException">Also while reading: more comes out of it.</exception>
    public static async ValueTask<FlatParts> Of(Stream stream, long most, CancellationToken cancellationToken)
    {
        var head = new byte[4];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        var isZip = head.AsSpan(0, length).SequenceEqual("PK\u0003\u0004"u8);
        if (stream.CanSeek)
            stream.Seek(-length, SeekOrigin.Current);
        if (!isZip)
            return new(stream.CanSeek ? stream : new PlainBytes.HeadedStream(head.AsMemory(0, length), stream));
        Stream? spooled = null;
        if (!stream.CanSeek)
        {
            // The list of what a zip holds is at its end.
            spooled = JoinedRows.TemporaryFile();
            await spooled.WriteAsync(head.AsMemory(0, length), cancellationToken);
            await stream.CopyToAsync(spooled, cancellationToken);
            spooled.Position = 0;
        }
        try
        {
            return new(new ZipArchive(spooled ?? stream, ZipArchiveMode.Read, leaveOpen: true), spooled, most);
        }
        catch (InvalidDataException exception)
        {
            if (spooled is not null)
                await spooled.DisposeAsync();
            throw new UnreadableHeaderException($"the zip cannot be opened; it is cut off or damaged: {exception.Message}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _zip?.Dispose();
        if (_spooled is not null)
            await _spooled.DisposeAsync();
    }
}
