using RunningSystem;

namespace FaultLab.OfferingOrders;

/// <summary>A batch per file. Accepted once it lies in the inbox under its own name, whoever is up or down.</summary>
internal sealed class InboxFiles(ErpInbox inbox) : IWayIn
{
    private int _files;

    public string Summary => $"{_files} files";

    public async Task<bool> Take(Offer offer, CancellationToken abort)
    {
        await inbox.Deliver($"sales-{Interlocked.Increment(ref _files):00000}.ndjson", offer.Lines, abort);
        return true;
    }
}
