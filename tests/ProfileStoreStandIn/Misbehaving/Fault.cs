namespace ProfileStoreStandIn.Misbehaving;

/// <summary>How the stand-in is to misbehave, set with <c>PUT stand-in/faults</c> until it is deleted or used up.</summary>
public sealed record Fault
{
    /// <summary>Answer this status instead of 202. A 2xx stores the event first; anything else stores nothing.</summary>
    public int? Status { get; init; }

    /// <summary>Seconds for the header <c>Retry-After</c> of that answer.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Wait this long before anything else is done (<c>"00:00:00.020"</c> is 20 ms).</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Store the event, then wait this long before answering.</summary>
    public TimeSpan? AnswerAfter { get; init; }

    /// <summary>Store the event, then cut the connection: the sender cannot know.</summary>
    public bool DropAfterStoring { get; init; }

    /// <summary>Read the event, cut the connection, store nothing.</summary>
    public bool DropBeforeStoring { get; init; }

    /// <summary>Share of requests that are hit, 0 to 1; absent means each.</summary>
    public double? Probability { get; init; }

    /// <summary>How many requests are hit before the stand-in behaves again; absent means until deleted.</summary>
    public int? Times { get; init; }

    /// <summary>What the answer says, for faults with a status of 400 and above.</summary>
    public string? Text { get; init; }
}
