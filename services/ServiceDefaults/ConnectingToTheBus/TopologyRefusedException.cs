namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>Something declared is there already, with other properties. The message is the broker's and says what.</summary>
public sealed class TopologyRefusedException : Exception
{
    /// <summary>Without words.</summary>
    public TopologyRefusedException() { }

    /// <summary>In the broker's words.</summary>
    public TopologyRefusedException(string message) : base(message) { }

    /// <summary>In the broker's words, with what it threw.</summary>
    public TopologyRefusedException(string message, Exception innerException) : base(message, innerException) { }
}
