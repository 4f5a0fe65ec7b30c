namespace OrderIngest.Tests.ReadingOrders;

/// <summary>A file that went wrong in a few places: bytes or pieces deleted, doubled, exchanged, overwritten, put in.</summary>
internal static class Mutation
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "&", "&amp;", "&x;", "<Transaction>", "</Transaction>", "<Transaction/>", "</RetailTransaction>", "<LineItem>", "<!DOCTYPE a [<!ENTITY x \"y\">]>",
            "{", "}", "[", "]", "\"", "\\", "\\u0000", "\\ud800", ":", ",", "null", "true", "-1", "1e999", "99999999999999999999", "\n", "\n{", "{\"orders\":[", "\0", "\u00ff", "\ufeff", "\"id\":", "\"total_price\":\"1\",", "\"state\":\"COMPLETED\",",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF], [0x80], [0xE3, 0x82], [0xC0, 0x80],
    ];

    public static byte[] Of(byte[] file, Random random)
    {
        var bytes = file.ToList();
        for (var times = random.Next(1, 5); times > 0 && bytes.Count > 40; times--)
        {
            var (at, length) = (random.Next(bytes.Count - 30), random.Next(1, 30));
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 2:
                    var other = random.Next(bytes.Count);
                    (bytes[at], bytes[other]) = (bytes[other], bytes[at]);
                    break;
                case 3:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 4:
                    bytes.RemoveRange(bytes.Count - length, length);
                    break;
                default:
                    bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }
        return [.. bytes];
    }
}
