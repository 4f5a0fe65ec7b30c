namespace ProfileStoreSender.SendingEvents;

/// <summary>Another process has claimed the order a moment ago; its answer, or the end of its lease, decides. Trying again later is right.</summary>
internal sealed class ClaimedElsewhereException(Guid orderId) : Exception($"order {orderId:D} is being sent by another process; tried again later");
