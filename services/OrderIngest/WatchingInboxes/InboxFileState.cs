namespace OrderIngest.WatchingInboxes;

/// <summary>How far a file of an inbox is.</summary>
internal enum InboxFileState
{
    /// <summary>Written by a newer version.</summary>
    Unknown = 0,

    /// <summary>An instance has it and has not begun to read.</summary>
    Claimed = 1,

    /// <summary>It is being read, or will be read on after a crash.</summary>
    Reading = 2,

    /// <summary>Read to its end; every order was taken.</summary>
    Done = 3,

    /// <summary>Read to its end; what was not taken is kept with the rejected input.</summary>
    DoneWithRejections = 4,

    /// <summary>The same content was read before; nothing was done.</summary>
    Repeated = 5,

    /// <summary>It ends too early. Its whole orders were taken.</summary>
    Truncated = 6,

    /// <summary>Nothing of it was taken: it cannot be understood, or no order in it keeps the rules.</summary>
    Failed = 7,
}

internal static class InboxFileStateText
{
    private static readonly Dictionary<InboxFileState, string> Texts = new()
    {
        [InboxFileState.Unknown] = "unknown",
        [InboxFileState.Claimed] = "claimed",
        [InboxFileState.Reading] = "reading",
        [InboxFileState.Done] = "done",
        [InboxFileState.DoneWithRejections] = "done-with-rejections",
        [InboxFileState.Repeated] = "repeated",
        [InboxFileState.Truncated] = "truncated",
        [InboxFileState.Failed] = "failed",
    };

    /// <summary>Every state a caller may ask for.</summary>
    public static IEnumerable<string> All => Texts.Where(text => text.Key != InboxFileState.Unknown).Select(text => text.Value);

    /// <summary>As outside programs and the database see it.</summary>
    public static string Of(InboxFileState state) => Texts[state];

    public static InboxFileState Parse(string text) => Texts.FirstOrDefault(known => known.Value == text).Key;
}
