using System.Text;
using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingOrders;

/// <summary>A file of any size that is made while it is read, and knows how much of it was asked for.</summary>
internal sealed class EndlessFile(InputFormat format, int orders) : Stream
{
    private readonly byte[] _order = Encoding.UTF8.GetBytes(new TillOrder(1001, false, [("A", 2, 1000), ("漢字", 1, 550)]).In(format) + "\n");
    private byte[] _piece = Encoding.UTF8.GetBytes(format == InputFormat.PosLog ? "<POSLog>\n" : "\n");
    private int _at, _made;

    /// <summary>Bytes given out so far.</summary>
    public long Given { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at == _piece.Length)
        {
            _at = 0;
            _piece = _made++ < orders ? _order : _made == orders + 1 && format == InputFormat.PosLog ? "</POSLog>"u8.ToArray() : [];
        }
        var length = Math.Min(count, _piece.Length - _at);
        _piece.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
        (_at, Given) = (_at + length, Given + length);
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var bytes = new byte[Math.Min(buffer.Length, _order.Length)];
        var length = Read(bytes, 0, bytes.Length);
        bytes.AsSpan(0, length).CopyTo(buffer.Span);
        return new(length);
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
