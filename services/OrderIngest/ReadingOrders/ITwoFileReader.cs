using OrderIngest.GuardingSources;

namespace OrderIngest.ReadingOrders;

/// <summary>A reader that also takes orders and their lines from two files.</summary>
internal interface ITwoFileReader
{
    /// <summary>As <see cref="IOrderReader.Read"/>, from two streams.</summary>
    /// <param name="orders">The file of orders.</param>
    /// <param name="lines">The file of their lines.</param>
    /// <param name="source">Whose they are.</param>
    /// <param name="place">Told how far reading has come, in both together.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    IAsyncEnumerable<ReadInput> Read(Stream orders, Stream lines, Source source, ReadingPlace place, CancellationToken cancellationToken);
}
