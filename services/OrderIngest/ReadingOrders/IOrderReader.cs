using OrderIngest.GuardingSources;

namespace OrderIngest.ReadingOrders;

/// <summary>Reads orders of one format from a stream, never more than one order at a time in memory.</summary>
internal interface IOrderReader
{
    /// <summary>
    /// Every order, everything that should have been one, and everything that was passed over, in the order of the stream. Throws for a stream that breaks, and
    /// for nothing that is in it.
    /// </summary>
    /// <param name="stream">Read once, from where it is to its end.</param>
    /// <param name="source">Whose it is.</param>
    /// <param name="place">Told how far reading has come.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    IAsyncEnumerable<ReadInput> Read(Stream stream, Source source, ReadingPlace place, CancellationToken cancellationToken);
}

/// <summary>How far a reader has come.</summary>
internal sealed class ReadingPlace
{
    /// <summary>Bytes of the stream that are behind the reader.</summary>
    public long Position { get; set; }

    /// <summary>Most bytes that may come out of what is packed inside of the stream, and most that may be kept until a second file is read. Default: any number, as for files.</summary>
    public long MostUnpacked { get; init; } = long.MaxValue;
}
