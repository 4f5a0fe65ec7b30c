using System.Text;
using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingOrders;

/// <summary>A file of any size that is made while it is read, and knows how much of it was asked for.</summary>
internal sealed class EndlessFile(InputFormat format, int orders) : ForwardStream
{
    private readonly byte[] _order = Encoding.UTF8.GetBytes(new TillOrder(1001, false, [("A", 2, 1000), ("漢字", 1, 550)]).In(format) + "\n");
    private byte[] _piece = Encoding.UTF8.GetBytes(format == InputFormat.PosLog ? "<POSLog>\n" : "\n");
    private int _at, _made;

    /// <summary>Bytes given out so far.</summary>
    public long Given { get; private set; }

    // As much as is asked for: whoever asks for too much is found out.
    public override int Read(Span<byte> buffer)
    {
        var given = 0;
        while (given < buffer.Length && !IsAtEnd())
        {
            var length = Math.Min(buffer.Length - given, _piece.Length - _at);
            _piece.AsSpan(_at, length).CopyTo(buffer[given..]);
            (_at, given) = (_at + length, given + length);
        }
        Given += given;
        return given;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    private bool IsAtEnd()
    {
        if (_at < _piece.Length)
            return false;
        _at = 0;
        _piece = _made++ < orders ? _order : _made == orders + 1 && format == InputFormat.PosLog ? "</POSLog>"u8.ToArray() : [];
        return _piece.Length == 0;
    }
}
