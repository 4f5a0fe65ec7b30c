namespace ProfileStoreSender.SendingEvents;

/// <summary>
/// Judges by its answers whether a destination is there. Several unusable ones in a row close the way to it; then one event at a time tries, with growing
/// pauses, and the first usable answer lets requests through again. Until a few of them were answered one failure is enough to close it again: all that is
/// the same outage. A refused key closes the way at once. Pure; whoever holds it locks.
/// </summary>
/// <param name="longestPause">The longest time between two events that try.</param>
internal sealed class DestinationCircuit(TimeSpan longestPause)
{
    /// <summary>So many unusable answers in a row are an outage.</summary>
    internal const int FailuresOfOutage = 5;

    /// <summary>So many usable ones end it.</summary>
    internal const int AnswersOfReturn = 3;

    /// <summary>From the outage's beginning to the first event that tries; doubled each time.</summary>
    internal static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private int _failures, _answers;
    private DateTimeOffset _firstFailureAt;
    private TimeSpan _pause;

    /// <summary>Whether it takes events.</summary>
    public GateState State { get; private set; }

    /// <summary>Since when it does not, or since when it fails; null while all is well. UTC.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>What is wrong, in words; null while all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>With which status the key is refused; null while it is not.</summary>
    public int? KeyStatus { get; private set; }

    /// <summary>While it does not take events: when the next one may try, UTC.</summary>
    public DateTimeOffset NextProbeAt { get; private set; }

    /// <summary>True from the first event that is held back until the return is certain.</summary>
    public bool IsOutage => State is GateState.Away or GateState.Returning;

    /// <summary>Takes note of an answer.</summary>
    public void Learn(DestinationAnswer answer, bool isProbe, DateTimeOffset now)
    {
        if (answer.Kind == AnswerKind.KeyRefused)
            RefusedKey(answer, now);
        else if (State == GateState.KeyRefused && answer.Kind == AnswerKind.Unavailable)
            // That says nothing about the key: while it is in doubt, the next event waits for its turn to try.
            NextProbeAt = now + longestPause;
        else if (answer is { Kind: AnswerKind.Unavailable, IsTooMany: false })
            Failed(answer, isProbe, now);
        else
            Answered();
    }

    private void RefusedKey(DestinationAnswer answer, DateTimeOffset now)
    {
        if (State != GateState.KeyRefused)
            Since = now;
        (State, Problem, KeyStatus) = (GateState.KeyRefused, answer.Problem, answer.StatusCode);
        NextProbeAt = now + longestPause;
    }

    private void Failed(DestinationAnswer answer, bool isProbe, DateTimeOffset now)
    {
        if (_failures++ == 0)
            _firstFailureAt = now;
        (Since, Problem) = (Since ?? _firstFailureAt, answer.Problem);
        switch (State)
        {
            case GateState.Accepting when _failures >= FailuresOfOutage:
                (State, _pause) = (GateState.Away, Shorter(FirstPause));
                NextProbeAt = now + _pause;
                break;
            case GateState.Returning:
            case GateState.Away when isProbe:
                (State, _pause) = (GateState.Away, Shorter(_pause * 2));
                NextProbeAt = now + _pause;
                break;
        }
    }

    private void Answered()
    {
        _failures = 0;
        if (IsOutage)
        {
            _answers = State == GateState.Returning ? _answers + 1 : 1;
            State = GateState.Returning;
            if (_answers < AnswersOfReturn)
                return;
        }
        (State, Since, Problem, KeyStatus) = (GateState.Accepting, null, null, null);
    }

    private TimeSpan Shorter(TimeSpan pause) => pause < longestPause ? pause : longestPause;
}
