namespace ServiceDefaults.PacingRequests;

/// <summary>
/// How many requests per second somebody takes, found out by refusals and by answers that become slow: each halves the rate, and a fortieth of the rate that
/// was too much comes back every second. After a minute without either all is as before. Pure; whoever holds it locks.
/// </summary>
/// <param name="most">Requests per second at most; infinity = unlimited.</param>
internal sealed class AdaptivePace(double most)
{
    /// <summary>Requests per second that are always left, unless fewer are configured.</summary>
    internal const double Floor = 0.5;

    /// <summary>Likewise where answers are only slow: that is a hint, a refusal is a word.</summary>
    internal const double FloorWhenLate = 2;

    private const double SecondsToRegain = 40;

    // The pauses where the provider named none: doubled while it goes on refusing.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1);

    private bool _slowed;
    private double _refused;
    private double _base;
    private DateTimeOffset _recoversFrom;
    private DateTimeOffset _refusedAt = DateTimeOffset.MinValue;
    private int _inARow;

    /// <summary>Requests per second at this moment.</summary>
    public double PerSecond(DateTimeOffset now)
    {
        if (!_slowed)
            return most;
        var regained = _base + _refused / SecondsToRegain * Math.Max(0, (now - _recoversFrom).TotalSeconds);
        if (regained < Math.Min(most, 2 * _refused))
            return regained;
        _slowed = false;
        return most;
    }

    /// <summary>True while refusals or slow answers make it slower than configured.</summary>
    public bool IsSlowed(DateTimeOffset now) => PerSecond(now) < most;

    /// <summary>True when slow answers were the last reason for that.</summary>
    public bool IsForLateness { get; private set; }

    /// <summary>Takes note of a refusal; answers how long to leave the provider alone.</summary>
    /// <param name="sentAt">When the refused request was sent. One sent before the last slowing says nothing about the rate since.</param>
    /// <param name="now">When the refusal came.</param>
    /// <param name="measured">Requests per second sent lately.</param>
    /// <param name="named">The pause the provider named.</param>
    public TimeSpan Refused(DateTimeOffset sentAt, DateTimeOffset now, double measured, TimeSpan? named)
    {
        var isNew = sentAt > _refusedAt;
        if (isNew)
        {
            Cut(now, measured, Floor);
            (_refusedAt, IsForLateness) = (now, false);
            _inARow++;
        }
        var pause = named > TimeSpan.Zero ? named.Value : isNew ? OwnPause() : TimeSpan.Zero;
        if (now + pause > _recoversFrom)
            _recoversFrom = now + pause;
        return pause;
    }

    /// <summary>Takes note that answers have become slow.</summary>
    /// <param name="now">When that was seen.</param>
    /// <param name="measured">Requests per second sent lately.</param>
    public void Late(DateTimeOffset now, double measured)
    {
        if (Math.Min(PerSecond(now), measured) <= FloorWhenLate)
            return;
        Cut(now, measured, FloorWhenLate);
        (_recoversFrom, IsForLateness) = (now > _recoversFrom ? now : _recoversFrom, true);
    }

    /// <summary>Takes note that a request was not refused.</summary>
    public void Accepted(DateTimeOffset sentAt)
    {
        if (sentAt > _refusedAt)
            _inARow = 0;
    }

    private void Cut(DateTimeOffset now, double measured, double least)
    {
        var floor = Math.Min(least, most);
        _refused = Math.Max(floor, Math.Min(PerSecond(now), measured));
        (_base, _slowed) = (Math.Max(floor, _refused / 2), true);
    }

    private TimeSpan OwnPause()
    {
        var grown = FirstPause * Math.Pow(2, Math.Min(_inARow, 20) - 1);
        return grown < LongestPause ? grown : LongestPause;
    }
}
