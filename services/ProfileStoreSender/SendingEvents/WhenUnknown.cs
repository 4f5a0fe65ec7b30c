namespace ProfileStoreSender.SendingEvents;

/// <summary>What follows when a request left and its reply was lost.</summary>
public enum WhenUnknown
{
    /// <summary>It is sent again with the same id, and counted as uncertain: never lost, perhaps doubled.</summary>
    SendAgain = 0,

    /// <summary>The destination is asked whether it has the event. Sent again only once it says no, some time after the request. Only where a destination can be asked.</summary>
    Ask = 1,
}
