using System.ComponentModel.DataAnnotations;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;
using OrderIngest.ReconcilingJourneys;

namespace OrderIngest;

/// <summary>Section <c>OrderIngest</c>.</summary>
internal sealed class OrderIngestOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "OrderIngest";

    /// <summary>One section per ERP or POS; the name is part of every order's identity, so it never changes once orders came in.</summary>
    public Dictionary<string, SourceOptions> Sources { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether every request needs a source's key. Default: true outside Development, false in Development.</summary>
    public bool? RequireApiKey { get; init; }

    /// <summary>SHA-256 of each operator's <c>X-Api-Key</c>, in hexadecimal: they see the inboxes' files, see and repair the rejected input, of all sources, and replay orders.</summary>
    public IReadOnlyList<string> OperatorKeyHashes { get; init; } = [];

    /// <summary>How long rejected input is kept after it was repaired or dismissed; what is open stays. Default 90 days; 1 h to 10 years.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepRepairedFor { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How often open rejected input is counted for the metrics, and what was repaired long ago deleted. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan TendRejectedEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Largest order, in bytes as sent. Default 1,048,576; 1,024 to 16,777,216.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxOrderBytes { get; init; } = 1024 * 1024;

    /// <summary>Most lines of one order, voided ones included. Default 5,000; 1 to 50,000.</summary>
    [Range(1, 50_000)]
    public int MaxLines { get; init; } = 5000;

    /// <summary>Deepest nesting of JSON. Default 16; 4 to 64.</summary>
    [Range(4, 64)]
    public int MaxDepth { get; init; } = 16;

    /// <summary>Largest body of a signed batch, in bytes as sent: it is kept in a temporary file until its signature is known to be right. Default 268,435,456 (256 MB).</summary>
    [Range(1024L, 1024L * 1024 * 1024 * 1024)]
    public long MaxSignedBatchBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Requests without a valid key that one remote address may send in a minute before it gets 429. Default 60; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int RefusedRequestsPerMinute { get; init; } = 60;

    /// <summary>Whether <c>/openapi</c> and <c>/openapi/v1.json</c> are served; both are readable without a key. Default true.</summary>
    public bool ServeOpenApi { get; init; } = true;

    /// <summary>Most rejected lines that the answer to a batch lists one by one; the rest is counted. Default 10,000.</summary>
    [Range(0, 1_000_000)]
    public int MaxListedRejections { get; init; } = 10_000;

    /// <summary>Longest batch over HTTP, in bytes after decompression. Default 1,073,741,824 (1 GiB); 1,048,576 to 1,099,511,627,776.</summary>
    [Range(1024L * 1024, 1024L * 1024 * 1024 * 1024)]
    public long MaxBatchBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How often an inbox is looked into. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan InboxPollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a file in an inbox must have kept its size and time of change before it counts as complete. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan InboxQuietTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after its last sign of life an instance loses the file it was reading to another. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan InboxLease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Orders that a batch writes in one statement. Default 500; 1 to 5,000.</summary>
    [Range(1, 5000)]
    public int JournalBatchSize { get; init; } = 500;

    /// <summary>Orders the relay publishes at a time. Default 256; 1 to 5,000.</summary>
    [Range(1, 5000)]
    public int RelayBatchSize { get; init; } = 256;

    /// <summary>How often the relay looks for orders that another process journaled. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan RelayPollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the relay waits for the broker to confirm a batch before it tries again. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00")]
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How old the oldest unpublished order may be before health says degraded. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RelayLagLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often what waits for the broker or for its journey is counted for the metrics. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan CountBacklogEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after publishing an order its journey must be known; it is published again otherwise. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan AcknowledgeWithin { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often journal and journeys are compared. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Where the journeys are asked for.</summary>
    public JourneysOptions Journeys { get; init; } = new();

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, source) in Sources)
        {
            foreach (var (key, says) in source.Faults())
                yield return new(says, [$"{nameof(Sources)}:{name}:{key}"]);
            if (name.Length > Lengths.Key || name != name.Trim())
                yield return new($"is not a usable name: at most {Lengths.Key} characters, no blank at either end", [$"{nameof(Sources)}:{name}"]);
        }
        foreach (var same in Sources.SelectMany(s => s.Value.Keys(), (s, key) => (Setting: $"{nameof(Sources)}:{s.Key}:{key.Setting}", key.Options.Hash)).GroupBy(key => key.Hash, StringComparer.OrdinalIgnoreCase))
        {
            if (same.Key is not null && same.Count() > 1)
                yield return new($"is the same key as {string.Join(" and ", same.SkipLast(1).Select(key => $"{Section}:{key.Setting}"))}: a key must tell which source it is, and what it may do", [same.Last().Setting]);
        }
        if (OperatorKeyHashes.Any(hash => hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
            yield return new("holds something that is not a SHA-256 in hexadecimal (64 digits)", [nameof(OperatorKeyHashes)]);
        if (Sources.FirstOrDefault(s => s.Value.Keys().Any(key => OperatorKeyHashes.Contains(key.Options.Hash ?? "", StringComparer.OrdinalIgnoreCase))) is { Key: { } both })
            yield return new($"holds the key of {both}: a key must tell who is asking", [nameof(OperatorKeyHashes)]);
        foreach (var same in Sources.Where(s => s.Value.Inbox is not null).GroupBy(s => Path.TrimEndingDirectorySeparator(Path.GetFullPath(s.Value.Inbox!)), StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return new($"is the inbox of {string.Join(" and ", same.Select(s => s.Key))}: the folder must tell which source a file is from", [$"{nameof(Sources)}:{same.Last().Key}:{nameof(SourceOptions.Inbox)}"]);
        if (Journeys.BaseAddress is { } address && !(address.IsAbsoluteUri && address.Scheme is "http" or "https"))
            yield return new("is not an http or https address", [$"{nameof(Journeys)}:{nameof(JourneysOptions.BaseAddress)}"]);
    }
}
