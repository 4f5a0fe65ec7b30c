using Contracts.OrderIngest;

namespace OrderIngest.ReadingOrders;

/// <summary>One order, or one thing that should have been an order, as a reader found it.</summary>
internal sealed record ReadInput
{
    /// <summary>The order; null when there are faults.</summary>
    public Order? Order { get; init; }

    /// <summary>The source's configured name where it is known, else empty.</summary>
    public required string Source { get; init; }

    /// <summary>Everything that is wrong.</summary>
    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>The bytes as they came, in pieces that follow each other; joined only when they have to be kept.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Raw { get; init; }

    /// <summary>Row or line it begins at, from 1; a header row counts.</summary>
    public int FirstRow { get; init; } = 1;

    /// <summary>How many rows or lines it is.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>True when the body speaks for another source than the API key.</summary>
    public bool OtherSource { get; init; }

    /// <summary>Why it is no order and no fault either: training, cancelled, a sign-on; null for everything else.</summary>
    public string? Skipped { get; init; }

    /// <summary>True when the stream ended in the middle of it.</summary>
    public bool CutOff { get; init; }

    /// <summary>What was odd and read all the same.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How many bytes of <see cref="Raw"/> come first that are not its own but the file's header row, without which it could not be read again.</summary>
    public int HeaderBytes { get; init; }

    /// <summary>What stood beside it in a flat file, and may have cost it rows; null in formats whose documents close themselves. Kept with it: its own bytes do not say it.</summary>
    public FileEdge? Edge { get; init; }

    /// <summary>Where it begins, in bytes from the stream's beginning.</summary>
    public long Position { get; init; }

    public byte[] JoinRaw()
    {
        var bytes = new byte[Raw.Sum(piece => piece.Length)];
        var at = 0;
        foreach (var piece in Raw)
        {
            piece.CopyTo(bytes.AsMemory(at));
            at += piece.Length;
        }
        return bytes;
    }
}
