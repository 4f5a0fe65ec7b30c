namespace OrderIngest.ReadingFlatFiles;

/// <summary>
/// Rows kept until the other file is read. A few megabytes stay in memory; more goes to temporary files, cut up by the order's id, so that the rows of one cut fit
/// into memory whatever the file's size. What is put in comes out in the same order, cut by cut.
/// </summary>
/// <param name="memory">Bytes that stay in memory.</param>
/// <param name="reserve">Bytes of the disk of temporary files that are left free; more than this service's files are there.</param>
internal sealed class JoinedRows(int memory, long reserve = JoinedRows.Reserve) : IAsyncDisposable
{
    /// <summary>What is kept of a row beside its own bytes.</summary>
    public const int Beside = 4 + 4 + 4 + 8 + 1 + 4;

    private const int Cuts = 128;
    private const long Reserve = 256 * 1024 * 1024, LookedAfter = 16 * 1024 * 1024;
    private long _written;

    private MemoryStream? _memory = new();
    private Stream[] _files = [];

    /// <summary>How many cuts there are: one as long as all is in memory.</summary>
    public int Count => _memory is null ? Cuts : 1;

    /// <summary>A file that is gone when it is closed.</summary>
    public static FileStream TemporaryFile() =>
        new(Path.Combine(Path.GetTempPath(), $"order-ingest-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 16 * 1024, FileOptions.DeleteOnClose);

    /// <exception cref="TooMuchUnpackedException">It would fill the disk of temporary files.</exception>
    public void Add(KeptRow row)
    {
        if (_memory is null && (_written += Beside + row.Bytes.Length) > LookedAfter)
            LookForRoom();
        Write(_memory ?? _files[row.Hash % Cuts], row);
        if (_memory?.Length > memory)
            Spill();
    }

    /// <summary>Moves all to files, so that it is cut as the other side is.</summary>
    public void Spill()
    {
        if (_memory is null)
            return;
        LookForRoom();
        _files = [.. Enumerable.Range(0, Cuts).Select(_ => (Stream)TemporaryFile())];
        foreach (var row in Read(0))
            Write(_files[row.Hash % Cuts], row);
        _memory = null;
    }

    /// <summary>The rows of one cut.</summary>
    public IEnumerable<KeptRow> Read(int cut)
    {
        var stream = _memory ?? _files[cut];
        stream.Position = 0;
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        while (stream.Position < stream.Length)
            yield return new(reader.ReadUInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadByte(), reader.ReadBytes(reader.ReadInt32()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files)
            await file.DisposeAsync();
    }

    private void LookForRoom()
    {
        _written = 0;
        if (new DriveInfo(Path.GetTempPath()).AvailableFreeSpace < reserve)
            throw new TooMuchUnpackedException($"its rows have to be kept until both files are read, and the disk of temporary files has less than {reserve} bytes left");
    }

    private static void Write(Stream stream, KeptRow row)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(row.Hash);
        writer.Write(row.Row);
        writer.Write(row.Rows);
        writer.Write(row.Position);
        writer.Write(row.Broken);
        writer.Write(row.Bytes.Length);
        writer.Write(row.Bytes);
    }
}

/// <summary>A row as it is kept.</summary>
/// <param name="Hash">Of the order's id; rows of one order have the same.</param>
/// <param name="Row">Line of its file, from 1.</param>
/// <param name="Rows">How many lines it is.</param>
/// <param name="Position">Where it begins in its file, in bytes.</param>
/// <param name="Broken">1: too long, 2: a quote was never closed, 0: neither.</param>
/// <param name="Bytes">As they came.</param>
internal sealed record KeptRow(uint Hash, int Row, int Rows, long Position, byte Broken, byte[] Bytes);
