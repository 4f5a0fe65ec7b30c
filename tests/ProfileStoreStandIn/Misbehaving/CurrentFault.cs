namespace ProfileStoreStandIn.Misbehaving;

/// <summary>The fault in force, if any.</summary>
internal sealed class CurrentFault
{
    private readonly Lock _lock = new();
    private Fault? _fault;
    private int _left;

    public void Set(Fault? fault)
    {
        lock (_lock)
            (_fault, _left) = (fault, fault?.Times ?? int.MaxValue);
    }

    /// <summary>The fault that hits this request, or null.</summary>
    public Fault? Take()
    {
        lock (_lock)
        {
            if (_fault is null || _left == 0 || Random.Shared.NextDouble() >= (_fault.Probability ?? 1))
                return null;
            if (_left != int.MaxValue)
                _left--;
            return _fault;
        }
    }
}
