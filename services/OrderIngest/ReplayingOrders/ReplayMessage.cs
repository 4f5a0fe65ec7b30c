namespace OrderIngest.ReplayingOrders;

/// <summary>What a replay may send, by the names of the messages.</summary>
internal static class ReplayMessage
{
    public const string OrderReceived = nameof(Contracts.OrderIngest.OrderReceived), CustomerResolved = nameof(Contracts.CustomerResolution.CustomerResolved);

    public static readonly string[] All = [OrderReceived, CustomerResolved];
}
