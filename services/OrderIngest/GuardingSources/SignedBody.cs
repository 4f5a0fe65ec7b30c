using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace OrderIngest.GuardingSources;

/// <summary>
/// Reads a body to its end before anybody looks into it, because nothing of it may be believed until its signature is known to be right. Small bodies stay in memory, others
/// are spooled to a temporary file.
/// </summary>
internal static class SignedBody
{
    private const int InMemory = 256 * 1024, Piece = 64 * 1024;

    // Nobody else on the machine may look into it.
    private static readonly Lazy<string> OwnFolder = new(() => Directory.CreateTempSubdirectory("order-ingest-signed-").FullName);

    /// <summary>Reads the body through the hashes and puts it back, to be read again. False when it is larger than allowed.</summary>
    /// <param name="http">The request.</param>
    /// <param name="longest">Most bytes.</param>
    /// <param name="hashes">Each is given every byte.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<bool> Read(HttpContext http, long longest, IReadOnlyList<IncrementalHash> hashes, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength > longest)
            return false;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        var threshold = (int)Math.Clamp(http.Request.ContentLength ?? InMemory, 1, InMemory);
        var spool = new FileBufferingReadStream(http.Request.Body, threshold, bufferLimit: null, () => OwnFolder.Value);
        http.Response.RegisterForDisposeAsync(spool);
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var named = true;
            for (long total = 0; await spool.ReadAsync(piece, cancellationToken) is var read and > 0;)
            {
                if ((total += read) > longest)
                    return false;
                foreach (var hash in hashes)
                    hash.AppendData(piece, 0, read);
                if (named && spool.TempFileName is { } file)
                    named = !Unlink(file);
            }
        }
        finally
        {
            // It held what people bought.
            ArrayPool<byte>.Shared.Return(piece, clearArray: true);
        }
        spool.Position = 0;
        http.Request.Body = spool;
        return true;
    }

    /// <summary>Takes the file's name away while it stays open, so that not even a crash leaves it behind. Not possible on Windows.</summary>
    private static bool Unlink(string file)
    {
        if (!OperatingSystem.IsWindows())
            File.Delete(file);
        return true;
    }
}
