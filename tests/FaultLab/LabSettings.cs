namespace FaultLab;

/// <summary>What a run of the lab does.</summary>
internal sealed record LabSettings
{
    /// <summary>Every random decision comes from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long the whole run takes, acts included, if the system recovers as it should.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(5.5);

    /// <summary>Orders offered per second during the storm.</summary>
    public int Rate { get; init; } = 40;

    /// <summary>One act, <c>acts</c> or <c>storm</c>; null plays everything.</summary>
    public string? Only { get; init; }

    /// <summary>A guard to switch off; its act is played, and only that.</summary>
    public string? Mutant { get; init; }

    /// <summary>Where to keep the services' logs; null keeps none.</summary>
    public DirectoryInfo? Logs { get; init; }
}
