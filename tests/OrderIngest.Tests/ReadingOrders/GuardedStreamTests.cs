using System.IO.Compression;
using System.Text;
using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingOrders;

public sealed class GuardedStreamTests
{
    private static readonly byte[] Text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(n => $"line {n * 7919}\n")));

    [Fact]
    public async Task A_whole_stream_ends_as_it_should()
    {
        var (bytes, stream) = await Read(new MemoryStream(Text));
        Assert.Equal(Text, bytes);
        Assert.Equal((StreamEnd.Whole, false, true, (long)Text.Length), (stream.End, stream.IsCut, stream.EndsWithLineEnd, stream.BytesRead));
    }

    /// <summary>The runtime takes a cut gzip stream for a whole one unless it is told not to; this fails where it was not told.</summary>
    [Fact]
    public async Task Compressed_bytes_that_are_cut_anywhere_are_noticed()
    {
        foreach (var packed in new[] { Pack(stream => new GZipStream(stream, CompressionLevel.Fastest)), Pack(stream => new BrotliStream(stream, CompressionLevel.Fastest)) })
        {
            foreach (var length in Enumerable.Range(1, packed.Length - 1))
            {
                var (bytes, stream) = await Read(Unpack(packed[..length]));
                Assert.True(stream.End == StreamEnd.Damaged, $"cut behind {length} of {packed.Length} bytes: {stream.End}");
                Assert.True(Text.AsSpan().StartsWith(bytes));
            }
            Assert.Equal(StreamEnd.Whole, (await Read(Unpack(packed))).Stream.End);

            Stream Unpack(byte[] some) => packed[0] == 0x1F ? new GZipStream(new MemoryStream(some), CompressionMode.Decompress) : new BrotliStream(new MemoryStream(some), CompressionMode.Decompress);
        }
    }

    [Fact]
    public async Task It_ends_at_its_limit()
    {
        Assert.Equal(StreamEnd.Whole, (await Read(new MemoryStream(Text), Text.Length)).Stream.End);
        var (bytes, stream) = await Read(new MemoryStream(Text), Text.Length - 1);
        Assert.Equal(Text[..^1], bytes);
        Assert.Equal((StreamEnd.TooLong, true), (stream.End, stream.IsCut));
    }

    [Fact]
    public async Task No_more_than_a_buffer_is_unpacked_beyond_the_limit()
    {
        var unpacked = new CountedStream(new MemoryStream(new byte[10_000_000]));
        var (bytes, stream) = await Read(unpacked, 100_000);
        Assert.Equal((100_000, StreamEnd.TooLong), (bytes.Length, stream.End));
        Assert.InRange(unpacked.Count, 100_000, 300_000);
        Assert.Equal(0, await stream.ReadAsync(new byte[10]));
    }

    [Theory]
    [InlineData("a\n", true)]
    [InlineData("a\r\n", true)]
    [InlineData("a", false)]
    [InlineData("a\n\0", true)]
    [InlineData("", false)]
    public async Task EndsWithLineEnd_also_in_UTF_16(string text, bool ends)
    {
        var (_, stream) = await Read(new OneByteAtATime(Encoding.ASCII.GetBytes(text)));
        Assert.Equal(ends, stream.EndsWithLineEnd);
    }

    private static async Task<(byte[] Bytes, GuardedStream Stream)> Read(Stream inner, long most = long.MaxValue)
    {
        var stream = new GuardedStream(inner, most);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        return (read.ToArray(), stream);
    }

    private static byte[] Pack(Func<Stream, Stream> packing)
    {
        using var packed = new MemoryStream();
        using (var stream = packing(packed))
            stream.Write(Text);
        return packed.ToArray();
    }

    private sealed class CountedStream(MemoryStream inner) : MemoryStream
    {
        public long Count { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Count += read;
            return read;
        }
    }

    private sealed class OneByteAtATime(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
