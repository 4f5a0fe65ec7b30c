namespace LoyaltyProviderStandIn;

/// <summary>The fault in force, and for how many requests more.</summary>
internal sealed class Faults
{
    private readonly Lock _lock = new();
    private Fault? _fault;
    private int? _left;

    public void Set(Fault fault)
    {
        lock (_lock)
            (_fault, _left) = (fault, fault.Times);
    }

    public void Clear()
    {
        lock (_lock)
            (_fault, _left) = (null, null);
    }

    /// <summary>The fault for one request to these routes, or null; uses up one of its times.</summary>
    public Fault? Take(string routes)
    {
        lock (_lock)
        {
            if (_fault is not { } fault || (fault.On is { } on && on != routes))
                return null;
            if (_left is { } left)
                _left = left - 1;
            if (_left is 0)
                (_fault, _left) = (null, null);
            return fault;
        }
    }
}
