namespace OrderIngest.RepairingRejectedInput;

/// <summary>
/// The sales that a preview has found to pass: of two inputs about the same sale the first would be accepted and the second compared with it. Remembers a bounded
/// number; beyond it, sales are compared with the journal and those of the same batch alone.
/// </summary>
internal sealed class PreviewedOrders
{
    private const int Most = 100_000;

    private readonly Dictionary<Guid, byte[]> _hashes = [];

    public byte[]? HashOf(Guid orderId) => _hashes.GetValueOrDefault(orderId);

    public void Add(Guid orderId, byte[] contentHash)
    {
        if (_hashes.Count == Most)
            _hashes.Clear();
        _hashes[orderId] = contentHash;
    }
}
