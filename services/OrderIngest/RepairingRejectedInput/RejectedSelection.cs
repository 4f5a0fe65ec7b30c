using System.Text.Json.Serialization;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Body of a request that repairs or dismisses: either ids or a filter. A name that is not known is refused: a misspelt filter would mean everything.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RejectedSelection
{
    /// <summary>Most ids at a time.</summary>
    public const int MostIds = 5000;

    /// <summary>These inputs, 5,000 at most.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>All open inputs that it fits. An empty one means all of them.</summary>
    public SelectionFilter? Filter { get; init; }

    /// <summary>True tells what would come of it and writes nothing. Default false.</summary>
    public bool DryRun { get; init; }

    /// <summary>How many results are listed one by one; all are counted. Default 100; 0 to 5,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Which rejected inputs; what is left out does not matter.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SelectionFilter
{
    /// <summary>Configured name of the source.</summary>
    public string? Source { get; init; }

    /// <summary><c>invalid</c> or <c>changed-after-acceptance</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Kind of fault, exactly as the summary writes it.</summary>
    public string? Fault { get; init; }

    /// <summary>Name of the file.</summary>
    public string? File { get; init; }

    /// <summary>First received at this moment or later; a date, or a time with offset.</summary>
    public string? From { get; init; }

    /// <summary>First received before this moment.</summary>
    public string? To { get; init; }
}

/// <summary>Body of <c>POST /rejected/dismiss</c> and <c>POST /rejected/reopen</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DismissedSelection
{
    /// <summary>These inputs, 5,000 at most.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>All inputs that it fits; it must say something.</summary>
    public SelectionFilter? Filter { get; init; }

    /// <summary>Why they need no repair, up to 500 characters; for whoever looks later. Nothing about a person.</summary>
    public string? Why { get; init; }
}

/// <summary>Answer to a dismissal or a reopening.</summary>
/// <param name="Inputs">How many were moved; those that were in another state are not among them.</param>
internal sealed record MovedInputs(long Inputs);
