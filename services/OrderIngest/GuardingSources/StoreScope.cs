using System.Runtime.CompilerServices;
using OrderIngest.ReadingOrders;

namespace OrderIngest.GuardingSources;

/// <summary>Keeps a key of some stores to these stores, order by order.</summary>
internal static class StoreScope
{
    /// <summary>Turns orders of other stores into rejected input; without a scoped key everything stays as it is.</summary>
    public static IAsyncEnumerable<ReadInput> Within(this IAsyncEnumerable<ReadInput> inputs, SourceKey? key) => key is { IsScoped: true } ? Judge(inputs, key) : inputs;

    private static async IAsyncEnumerable<ReadInput> Judge(IAsyncEnumerable<ReadInput> inputs, SourceKey key, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var input in inputs.WithCancellation(cancellationToken))
        {
            yield return input.Order is { } order && !key.Covers(order.StoreId)
                ? input with { Order = null, Faults = [new("storeId", "is not a store of the API key that sent it")] }
                : input;
        }
    }
}
