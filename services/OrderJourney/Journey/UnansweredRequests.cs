namespace OrderJourney.Journey;

/// <summary>
/// Keeps requests from piling up in the queue of a service that is not there. While a service answers, every request is made; of one that answers
/// nothing no more than a thousand are asked, then another thousand after a pause that doubles from a minute to an hour. The first answer, whatever
/// it says, makes an end of this. Each process counts for itself, in memory: after a restart it simply begins anew.
/// </summary>
internal sealed class UnansweredRequests(TimeProvider time)
{
    private const int AtATime = 1000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1), LongestPause = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<MissingStep, Silence> _silences = [];

    /// <summary>Whether another request may be made now; if so, it is counted.</summary>
    public bool MayAsk(MissingStep step)
    {
        lock (_lock)
        {
            if (!_silences.TryGetValue(step, out var silence))
                _silences[step] = silence = new(0, FirstPause, time.GetUtcNow() + FirstPause);
            if (silence.Asked >= AtATime)
            {
                var now = time.GetUtcNow();
                if (now < silence.Until)
                    return false;
                var pause = silence.Pause * 2 < LongestPause ? silence.Pause * 2 : LongestPause;
                silence = new(0, pause, now + pause);
            }
            _silences[step] = silence with { Asked = silence.Asked + 1 };
            return true;
        }
    }

    /// <summary>The service that brings this step has said something, about any order.</summary>
    public void Heard(MissingStep step)
    {
        lock (_lock)
            _silences.Remove(step);
    }

    /// <param name="Asked">Requests since the last answer, or since the last pause.</param>
    /// <param name="Pause">From the first of them until the next may follow.</param>
    /// <param name="Until">When that pause is over, UTC.</param>
    private readonly record struct Silence(int Asked, TimeSpan Pause, DateTimeOffset Until);
}
