namespace EndToEnd.Tests;

/// <summary>Reads what protocol buffers are made of: numbered fields, each a number or bytes. What the numbers mean, whoever asks knows.</summary>
internal static class ProtocolBuffer
{
    /// <summary>The fields of a message, in order; numbers of fixed length are passed over.</summary>
    public static IEnumerable<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    yield return ((int)(tag >> 3), Varint(message, ref at), default);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return ((int)(tag >> 3), 0, message.Slice(at, length));
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"a field of kind {tag & 7} is not known");
            }
        }
    }

    /// <summary>The fields of one number that hold bytes.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Parts(ReadOnlyMemory<byte> message, int field) => Fields(message).Where(part => part.Field == field).Select(part => part.Bytes);

    private static ulong Varint(ReadOnlyMemory<byte> message, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message.Span[at++];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return number;
        }
    }
}
