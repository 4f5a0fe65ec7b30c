using System.IO.Compression;
using System.Text.Json;
using OrderIngest.WatchingInboxes;

namespace OrderIngest.Tests.WatchingInboxes;

/// <summary>An inbox of a test's own, deleted afterwards.</summary>
internal sealed class InboxFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("order-ingest-inbox-").FullName;

    public string this[params string[] parts] => Path.Combine([Root, .. parts]);

    /// <summary>Files below a folder, reports left out.</summary>
    public string[] In(string folder) => Directory.Exists(this[folder])
        ? [.. Directory.GetFiles(this[folder]).Select(Path.GetFileName).OfType<string>().Where(name => !name.EndsWith(InboxNames.Report, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Puts a file there as a careful writer does: under another name first.</summary>
    public void Deliver(string name, byte[] content)
    {
        File.WriteAllBytes(this[$".{name}.part"], content);
        File.Move(this[$".{name}.part"], this[name]);
    }

    public void Deliver(string name, string content) => Deliver(name, System.Text.Encoding.UTF8.GetBytes(content));

    public JsonElement Report(string place) => JsonDocument.Parse(File.ReadAllBytes(this[place + InboxNames.Report])).RootElement;

    public static byte[] Packed(string content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(content));
        return packed.ToArray();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
