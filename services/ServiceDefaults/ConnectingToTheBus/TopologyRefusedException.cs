namespace ServiceDefaults.ConnectingToTheBus;

/// <summary>Something declared is there already, with other properties. The message is the broker's and says what.</summary>
internal sealed class TopologyRefusedException : Exception
{
    public TopologyRefusedException() { }

    public TopologyRefusedException(string message) : base(message) { }

    public TopologyRefusedException(string message, Exception innerException) : base(message, innerException) { }
}
