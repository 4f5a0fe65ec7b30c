namespace ServiceDefaults.InspectingTheBroker;

/// <summary>The broker cannot be asked: away, or it does not let us in. The message says what to look at, and nothing secret.</summary>
public sealed class BrokerNotReadException : Exception
{
    /// <summary>Without words.</summary>
    public BrokerNotReadException() { }

    /// <summary>What to look at.</summary>
    public BrokerNotReadException(string message) : base(message) { }

    /// <summary>What to look at, and what was thrown.</summary>
    public BrokerNotReadException(string message, Exception innerException) : base(message, innerException) { }
}
