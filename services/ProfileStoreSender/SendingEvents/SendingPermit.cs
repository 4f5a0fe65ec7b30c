namespace ProfileStoreSender.SendingEvents;

/// <summary>Permission to send one request; give it back with what was learned, or without when nothing was sent.</summary>
/// <param name="Gate">Who gave it.</param>
/// <param name="IsProbe">True when it was given to find out whether the destination takes events again: for one event.</param>
internal sealed record SendingPermit(DestinationGate Gate, bool IsProbe) : IDisposable
{
    private SentRequest? _sent;

    public void Answered(SentRequest sent) => _sent = sent;

    public void Dispose() => Gate.Leave(this, _sent);
}

/// <summary>A request that has ended.</summary>
/// <param name="At">When it was sent, UTC.</param>
/// <param name="Events">How many events it held.</param>
/// <param name="Answer">How it ended.</param>
internal sealed record SentRequest(DateTimeOffset At, int Events, DestinationAnswer Answer);
