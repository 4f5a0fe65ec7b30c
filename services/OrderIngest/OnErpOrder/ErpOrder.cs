namespace OrderIngest.OnErpOrder;

/// <summary>A message of queue <c>erp-orders</c>, untouched: whoever wrote it does not know MassTransit, and it need not even be JSON.</summary>
/// <param name="Body">Its bytes.</param>
/// <param name="Source">What its header <c>source</c> says, or null.</param>
internal sealed record ErpOrder(byte[] Body, string? Source);
