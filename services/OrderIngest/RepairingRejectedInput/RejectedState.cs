namespace OrderIngest.RepairingRejectedInput;

/// <summary>What became of rejected input. Stored as text.</summary>
internal enum RejectedState
{
    /// <summary>Somebody has to look at it.</summary>
    Open,

    /// <summary>Its order is in the journal, from these bytes or from edited ones.</summary>
    Resubmitted,

    /// <summary>Somebody said that it needs no repair, and why.</summary>
    Dismissed,
}

internal static class RejectedStateText
{
    /// <summary>As outside programs and the database see it.</summary>
    public static string Of(RejectedState state) => state.ToString().ToLowerInvariant();

    /// <summary>The state with this name, or null.</summary>
    public static RejectedState? Parse(string? text) => Enum.GetValues<RejectedState>().Where(state => Of(state) == text).Cast<RejectedState?>().FirstOrDefault();
}
