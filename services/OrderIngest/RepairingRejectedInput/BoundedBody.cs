namespace OrderIngest.RepairingRejectedInput;

/// <summary>Reads a small body whole.</summary>
internal static class BoundedBody
{
    /// <summary>Null when it is larger than <paramref name="most"/> bytes; empty when there is none.</summary>
    public static async Task<byte[]?> Read(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
            return null;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
            if (body.Length > most)
                return null;
        }
        return body.ToArray();
    }
}
