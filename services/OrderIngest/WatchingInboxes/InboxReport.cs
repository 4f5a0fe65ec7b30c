using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderIngest.WatchingInboxes;

/// <summary>What is known about a file, as <c>GET /files</c> answers it and as it stands in the report beside the file. What is null in the answer is left out of the report. Nothing about a person.</summary>
/// <param name="Id">Number of the file.</param>
/// <param name="Source">Whose inbox.</param>
/// <param name="Name">The name it came under.</param>
/// <param name="State"><c>claimed</c>, <c>reading</c>, <c>done</c>, <c>done-with-rejections</c>, <c>repeated</c>, <c>truncated</c>, <c>failed</c>; or <c>unknown</c> when a newer version wrote it.</param>
/// <param name="Error">Why it failed, or what is missing of it; null otherwise.</param>
/// <param name="Size">Size in bytes, packed where it is packed.</param>
/// <param name="BytesRead">How much of it has been read.</param>
/// <param name="Sha256">SHA-256 of its bytes, hexadecimal; null before it was looked at.</param>
/// <param name="Accepted">New orders.</param>
/// <param name="Duplicates">Orders that were accepted before, unchanged.</param>
/// <param name="Conflicts">Orders that were accepted before with other content.</param>
/// <param name="Rejected">Inputs that break a rule.</param>
/// <param name="RejectedRows">Rows in conflicts and rejected inputs.</param>
/// <param name="Rows">Rows or lines read.</param>
/// <param name="Skipped">Transactions that are no orders.</param>
/// <param name="MovedTo">Where it lies now, from the inbox; null while it is worked on.</param>
/// <param name="SameAs">Of a repetition: number of the file with the same content; null otherwise.</param>
/// <param name="FirstSeenAt">When it was taken, UTC.</param>
/// <param name="FinishedAt">When it was read to its end, UTC; null before.</param>
/// <param name="Faults">The first faults; all of them are under <c>GET /rejected</c>.</param>
internal sealed record InboxReport(
    long Id, string Source, string Name,
    [property: AllowedValues("claimed", "reading", "done", "done-with-rejections", "repeated", "truncated", "failed", "unknown")] string State, string? Error, long Size, long BytesRead, string? Sha256, long Accepted, long Duplicates, long Conflicts, long Rejected,
    long RejectedRows, long Rows, long Skipped, string? MovedTo, long? SameAs, DateTimeOffset FirstSeenAt, DateTimeOffset? FinishedAt, IReadOnlyList<NotedFault> Faults)
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static InboxReport About(InboxFile file) => new(
        file.Id, file.Source, file.Name, InboxFileStateText.Of(file.State), file.Error, file.Size, file.BytesRead, file.Sha256 is null ? null : Convert.ToHexStringLower(file.Sha256),
        file.Counts.Accepted, file.Counts.Duplicates, file.Counts.Conflicts, file.Counts.Rejected, file.Counts.RejectedRows, file.Counts.Rows, file.Counts.Skipped,
        file.MovedTo, file.SameAs, file.FirstSeenAt, file.FinishedAt, JsonSerializer.Deserialize<List<NotedFault>>(file.Faults, JsonSerializerOptions.Web) ?? []);

    /// <summary>The report beside a file.</summary>
    public static byte[] Of(InboxFile file) => JsonSerializer.SerializeToUtf8Bytes(About(file), Written);
}
