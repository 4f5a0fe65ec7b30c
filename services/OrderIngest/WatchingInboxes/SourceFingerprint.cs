using System.Security.Cryptography;
using System.Text.Json;

namespace OrderIngest.WatchingInboxes;

/// <summary>
/// Stands for everything that decides what reading a file gives: the source's whole section, the limits, and this build. Only under the same fingerprint may reading
/// go on in the middle, or a file with rejections count as known.
/// </summary>
internal static class SourceFingerprint
{
    /// <summary>SHA-256; secrets of the section go in and do not come out.</summary>
    public static byte[] Of(OrderIngestOptions options, string source) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        Section = options.Sources[source],
        options.MaxOrderBytes,
        options.MaxLines,
        options.MaxDepth,
        Build = typeof(SourceFingerprint).Assembly.ManifestModule.ModuleVersionId,
    }));
}
