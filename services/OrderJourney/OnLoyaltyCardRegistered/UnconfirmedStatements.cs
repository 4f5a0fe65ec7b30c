namespace OrderJourney.OnLoyaltyCardRegistered;

/// <summary>
/// How many messages to journeys may wait for their confirm at a time, over all notices together: one for each notice in hand, as for every other message in hand, and a few
/// more, so that a card of very many orders is not told one by one. With the sweeper's they stay below the 128 that RabbitMQ's client keeps unwritten (decision 0014).
/// </summary>
internal sealed class UnconfirmedStatements : IDisposable
{
    private const int More = 8;

    private readonly SemaphoreSlim _places = new(More);

    /// <summary>Tells all these journeys, while the notice is in hand.</summary>
    public async Task Tell(IReadOnlyList<Guid> orderIds, Func<Guid, Task> tell, CancellationToken cancellationToken)
    {
        _places.Release();
        try
        {
            await Task.WhenAll(orderIds.Select(orderId => InTurn(orderId, tell, cancellationToken)));
        }
        finally
        {
            // Whoever holds the place lets go of it within the bound of a confirmed sending.
            await _places.WaitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task InTurn(Guid orderId, Func<Guid, Task> tell, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            await tell(orderId);
        }
        finally
        {
            _places.Release();
        }
    }
}
