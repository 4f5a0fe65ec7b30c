namespace ProfileStoreSender.SendingEvents;

/// <summary>Events that are JSON already, put into one array.</summary>
internal static class JsonArray
{
    public static byte[] Of(IReadOnlyList<BuiltEvent> events)
    {
        using var together = new MemoryStream(events.Sum(one => one.Body.Length + 1) + 1);
        for (var i = 0; i < events.Count; i++)
        {
            together.WriteByte(i == 0 ? (byte)'[' : (byte)',');
            together.Write(events[i].Body);
        }
        together.WriteByte((byte)']');
        return together.ToArray();
    }
}
