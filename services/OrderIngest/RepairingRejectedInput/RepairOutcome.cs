namespace OrderIngest.RepairingRejectedInput;

/// <summary>What comes of reading rejected input again.</summary>
internal enum RepairOutcome
{
    /// <summary>All of its orders are new (in a preview: would be).</summary>
    Accepted,

    /// <summary>All of its orders are in the journal already, with this content: it came again in another way. Nothing is published twice.</summary>
    Duplicate,

    /// <summary>An order of it was accepted with other content before, and that one stands.</summary>
    Conflict,

    /// <summary>It still breaks a rule.</summary>
    Rejected,

    /// <summary>It holds no order by today's configuration: training, cancelled, a sign-on.</summary>
    NoOrder,

    /// <summary>It was repaired or dismissed before, or somebody repairs it at this moment.</summary>
    NotOpen,
}

internal static class RepairOutcomeText
{
    /// <summary>As outside programs see it.</summary>
    public static string Of(RepairOutcome outcome) => outcome switch
    {
        RepairOutcome.NoOrder => "no-order",
        RepairOutcome.NotOpen => "not-open",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
