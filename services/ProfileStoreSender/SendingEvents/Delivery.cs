using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.SendingEvents;

/// <summary>One order on its way to one destination, over all attempts of one message.</summary>
internal sealed class Delivery(TrackingRequest request, BuiltEvent built, CancellationToken stopping)
{
    public TrackingRequest Request { get; } = request;

    public BuiltEvent Built { get; } = built;

    public string CustomerKey { get; } = Contracts.CustomerResolution.CustomerKey.Of(request.Customer.Email);

    public CancellationToken Stopping { get; } = stopping;

    /// <summary>True once it must not share a request.</summary>
    public bool Alone { get; set; }

    /// <summary>True when the last attempt sent nothing, because the destination is to be asked first.</summary>
    public bool MustAsk { get; set; }

    /// <summary>How many attempts there were when the destination said that it does not have the event; 0 before it was asked.</summary>
    public int AskedAfterAttempts { get; set; }

    /// <summary>What the last attempt left in the ledger; null before the first.</summary>
    public LedgerEntry? Last { get; set; }

    /// <summary>
    /// An answer as the ledger keeps it: it outlives the order's purpose and an answer may quote the event, so the person stays out of it; what was left out of the
    /// event stands before it.
    /// </summary>
    public string? ForTheLedger(string? answer)
    {
        foreach (var personal in new[] { Request.Customer.Email.Trim(), Request.Customer.Name })
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

/// <summary>Another process has claimed the order a moment ago; its answer, or the end of its lease, decides. Trying again later is right.</summary>
internal sealed class ClaimedElsewhereException(Guid orderId) : Exception($"order {orderId:D} is being sent by another process; tried again later");
