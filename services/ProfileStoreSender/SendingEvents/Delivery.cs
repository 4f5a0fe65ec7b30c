using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.SendingEvents;

/// <summary>One order on its way to one destination, over all attempts of one message.</summary>
internal sealed class Delivery(TrackingRequest request, BuiltEvent built, CancellationToken stopping)
{
    private bool _isPausing;

    public TrackingRequest Request { get; } = request;

    public BuiltEvent Built { get; } = built;

    public string CustomerKey { get; } = request.CustomerKey;

    public CancellationToken Stopping { get; } = stopping;

    /// <summary>True once it must not share a request.</summary>
    public bool Alone { get; set; }

    /// <summary>True when the last attempt sent nothing, because the destination is to be asked first.</summary>
    public bool MustAsk { get; set; }

    /// <summary>True when the last attempt sent nothing, because nothing can be sent in time.</summary>
    public bool IsPostponed { get; set; }

    /// <summary>How many attempts there were when the destination said that it does not have the event; 0 before it was asked.</summary>
    public int AskedAfterAttempts { get; set; }

    /// <summary>What the last attempt left in the ledger; null before the first.</summary>
    public LedgerEntry? Last { get; set; }

    /// <summary>It waits for its next attempt.</summary>
    public void BeginPause(DestinationGate gate)
    {
        gate.BeginsToPause();
        _isPausing = true;
    }

    /// <summary>Does nothing where it does not wait.</summary>
    public void EndPause(DestinationGate gate)
    {
        if (_isPausing)
            gate.EndsPause();
        _isPausing = false;
    }

    /// <summary>
    /// An answer as the ledger keeps it: it outlives the order's purpose and an answer may quote the event, so the person stays out of it; what was left out of the
    /// event stands before it.
    /// </summary>
    public string? ForTheLedger(string? answer)
    {
        foreach (var personal in Request.Personal)
        {
            if (!string.IsNullOrWhiteSpace(personal))
                answer = answer?.Replace(personal, "***", StringComparison.OrdinalIgnoreCase);
        }
        return Built.Trimmed is not { } trimmed ? answer : answer is null ? trimmed : $"{trimmed}; {answer}";
    }
}

/// <summary>What came of an attempt.</summary>
/// <param name="Entry">The row as it is now.</param>
/// <param name="TryAgain">True when the order is held and tried again.</param>
internal sealed record Attempted(LedgerEntry Entry, bool TryAgain);
