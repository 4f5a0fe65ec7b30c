namespace CustomerResolution.CachingAnswers;

/// <summary>
/// Turns concurrent calls for one key into one call. Who gives up leaves the others waiting; only when everybody has left is the call
/// itself cancelled. A failure reaches those who waited for it and nobody later.
/// </summary>
/// <param name="time">Tells when a call began.</param>
/// <param name="landed">Told a result before anybody else, unless the call had been overtaken by a later one; must not call back.</param>
internal sealed class SingleFlight<TKey, TResult>(TimeProvider time, Action<TKey, TResult>? landed = null)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Flight> _flights = [];

    /// <summary>
    /// Joins the call under way for the key, or starts one: if there is none, or it began before <paramref name="notBefore"/>. A call began at that moment at the
    /// earliest: it comes from a clock that may be ahead of this one, and who asks with it again is to find this call.
    /// </summary>
    /// <returns>The result, and whether this caller started the call.</returns>
    public (Task<TResult> Result, bool Started) Join(TKey key, DateTimeOffset? notBefore, Func<CancellationToken, Task<TResult>> call, CancellationToken cancellationToken)
    {
        Flight? flight;
        bool started;
        lock (_lock)
        {
            started = !_flights.TryGetValue(key, out flight) || flight.BegunAt < notBefore;
            if (started)
                _flights[key] = flight = new(time.GetUtcNow() is var now && notBefore > now ? notBefore.Value : now);
            flight!.Waiting++;
        }
        if (started)
            _ = Fly(key, flight, call);
        return (Wait(key, flight, cancellationToken), started);
    }

    private async Task Fly(TKey key, Flight flight, Func<CancellationToken, Task<TResult>> call)
    {
        try
        {
            var result = await call(flight.Everybody.Token);
            Land(key, flight, result);
            flight.Landing.TrySetResult(result);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Crash(key, flight);
            flight.Landing.TrySetException(exception);
        }
        catch (OperationCanceledException exception)
        {
            Crash(key, flight);
            flight.Landing.TrySetCanceled(exception.CancellationToken);
        }
    }

    private async Task<TResult> Wait(TKey key, Flight flight, CancellationToken cancellationToken)
    {
        try
        {
            return await flight.Landing.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            bool abandoned;
            lock (_lock)
            {
                abandoned = --flight.Waiting == 0 && !flight.Landing.Task.IsCompleted;
                // A newcomer must not join a call that is being cancelled.
                if (abandoned)
                    Forget(key, flight);
            }
            if (abandoned)
                await flight.Everybody.CancelAsync();
        }
    }

    private void Land(TKey key, Flight flight, TResult result)
    {
        lock (_lock)
        {
            if (Forget(key, flight))
                landed?.Invoke(key, result);
        }
    }

    private void Crash(TKey key, Flight flight)
    {
        lock (_lock)
            Forget(key, flight);
    }

    private bool Forget(TKey key, Flight flight) => _flights.TryGetValue(key, out var current) && current == flight && _flights.Remove(key);

    private sealed class Flight(DateTimeOffset begunAt)
    {
        public DateTimeOffset BegunAt { get; } = begunAt;

        public TaskCompletionSource<TResult> Landing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Has neither a timer nor a wait handle, so there is nothing to dispose.
        public CancellationTokenSource Everybody { get; } = new();

        public int Waiting { get; set; }
    }
}
