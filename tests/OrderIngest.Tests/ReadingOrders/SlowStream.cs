namespace OrderIngest.Tests.ReadingOrders;

/// <summary>A stream that gives a few bytes at a time, as a network does.</summary>
internal sealed class SlowStream(byte[] bytes, int atATime) : MemoryStream(bytes)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(atATime, buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(atATime, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(base.Read(buffer.Span[..Math.Min(atATime, buffer.Length)]));
}
