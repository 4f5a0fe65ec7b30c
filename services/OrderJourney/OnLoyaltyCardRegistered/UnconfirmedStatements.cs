namespace OrderJourney.OnLoyaltyCardRegistered;

/// <summary>
/// How many messages to journeys may wait for their confirm at a time, over all notices together. Few beside the messages in the saga's hand: together less than the 128
/// that RabbitMQ's client keeps unwritten (decision 0014).
/// </summary>
internal sealed class UnconfirmedStatements : IDisposable
{
    private readonly SemaphoreSlim _places = new(16);

    public async Task Bounded(Func<Task> send, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            await send();
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
