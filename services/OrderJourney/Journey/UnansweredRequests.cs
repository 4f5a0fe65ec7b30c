namespace OrderJourney.Journey;

/// <summary>
/// Keeps requests from piling up at a service that is not there, or for a destination that is away. While usable answers come, every request is made; of one
/// that answers nothing no more than a thousand are asked, then another thousand after a pause that doubles from a minute to an hour, and of one that answers
/// only that it is unavailable a thousand a minute. The first usable answer makes an end of this. Each process counts for itself, in memory: after a restart it
/// simply begins anew.
/// </summary>
internal sealed class UnansweredRequests(TimeProvider time)
{
    private const int AtATime = 1000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1), LongestPause = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(MissingStep, string?), Silence> _silences = [];

    /// <summary>Whether another request may be made now; if so, it is counted.</summary>
    /// <param name="step">What is asked for.</param>
    /// <param name="destination">Whose answer, where a destination's is missing.</param>
    public bool MayAsk(MissingStep step, string? destination = null)
    {
        lock (_lock)
        {
            if (!_silences.TryGetValue((step, destination), out var silence))
                silence = new(0, FirstPause, time.GetUtcNow() + FirstPause);
            if (silence.Asked >= AtATime)
            {
                var now = time.GetUtcNow();
                if (now < silence.Until)
                    return false;
                var pause = silence.Pause * 2 < LongestPause ? silence.Pause * 2 : LongestPause;
                silence = new(0, pause, now + pause);
            }
            _silences[(step, destination)] = silence with { Asked = silence.Asked + 1 };
            return true;
        }
    }

    /// <summary>Somebody who brings this step has said something usable, about any order.</summary>
    public void Heard(MissingStep step, string? destination = null)
    {
        lock (_lock)
            _silences.Remove((step, destination));
    }

    /// <summary>Likewise, but only that it is unavailable: somebody is there to be asked, and asking more often is no use.</summary>
    public void HeardUnavailable(MissingStep step, string? destination)
    {
        lock (_lock)
        {
            if (!_silences.TryGetValue((step, destination), out var silence))
                return;
            var soon = time.GetUtcNow() + FirstPause;
            // Half of the first pause, because the next one is twice as long.
            _silences[(step, destination)] = silence with { Pause = FirstPause / 2, Until = silence.Until < soon ? silence.Until : soon };
        }
    }

    /// <param name="Asked">Requests since the last usable answer, or since the last pause.</param>
    /// <param name="Pause">From the first of them until the next may follow.</param>
    /// <param name="Until">When that pause is over, UTC.</param>
    private readonly record struct Silence(int Asked, TimeSpan Pause, DateTimeOffset Until);
}
