using System.ComponentModel.DataAnnotations;

namespace ProfileStoreSender.SendingEvents;

/// <summary>What can be set for every destination, in its own section.</summary>
public abstract class DestinationOptions : IValidatableObject
{
    /// <param name="section">The section's name, for messages.</param>
    /// <param name="enabled">Whether it is served where nothing else is said.</param>
    /// <param name="batchSize">Most events of one request where nothing else is said: the documented limit.</param>
    private protected DestinationOptions(string section, bool enabled, int batchSize) => (SectionName, Enabled, LargestBatch, BatchSize) = (section, enabled, batchSize, batchSize);

    /// <summary>False keeps every order as suppressed and sends nothing; address and key are not needed then.</summary>
    public bool Enabled { get; init; }

    /// <summary>Where its API is; handed out by the vendor.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>Most events of one request; 1 sends each alone. Default: the documented limit.</summary>
    public int BatchSize { get; init; }

    /// <summary>
    /// Most requests per second of one process, however many events each carries; with a <see cref="BatchSize"/> of 1 that is events. 0 (default) = unknown: found
    /// out by what the destination refuses, says in headers, or is slow to answer, which lowers a rate that is set as well.
    /// </summary>
    [Range(0, 10_000, ErrorMessage = "must lie between 0 (unknown) and 10,000 requests per second")]
    public double RequestsPerSecond { get; init; }

    /// <summary>Requests under way at a time, at most. Default 4, 1 to 64.</summary>
    [Range(1, 64, ErrorMessage = "must lie between 1 and 64 requests")]
    public int Concurrency { get; init; } = SharedRequests.RequestsAtOnce;

    /// <summary>
    /// How long a request that could leave waits for more events. Default 0, at most 0.2 s: without waiting, a request carries what has come while others were
    /// under way or its turn had not come.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.2", ErrorMessage = "must lie between 0 and 0.2 seconds")]
    public TimeSpan GatherFor { get; init; }

    /// <summary>How long one request may take. Default 10 s, 0.1 s to 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00", ErrorMessage = "must lie between 0.1 seconds and 2 minutes")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long an order is held and tried again while the destination is unavailable, before it is reported so and the journey asks later. Once an outage has
    /// lasted that long, nothing is held any more until it is over. Default 2 min, 1 s to 20 min: RabbitMQ takes a message away after 30 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:20:00", ErrorMessage = "must lie between 1 second and 20 minutes")]
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// While the key is refused: how often one order tries whether it is accepted again. While the destination is away: the longest time between two orders
    /// that try; the first one tries after a second. Default 30 s, 0.1 s to 10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ErrorMessage = "must lie between 0.1 seconds and 10 minutes")]
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What follows when a request left and its reply was lost. Default <see cref="SendingEvents.WhenUnknown.SendAgain"/>.</summary>
    public WhenUnknown WhenUnknown { get; init; }

    internal string SectionName { get; }

    /// <summary>True when the destination tells which events it has.</summary>
    internal virtual bool CanBeAsked => false;

    /// <summary>What to look at when the key is refused.</summary>
    internal abstract string KeyAdvice { get; }

    private int LargestBatch { get; }

    /// <inheritdoc />
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BatchSize < 1 || BatchSize > LargestBatch)
            yield return new($"must lie between 1 and {LargestBatch} events", [nameof(BatchSize)]);
        if (WhenUnknown == WhenUnknown.Ask && !CanBeAsked)
            yield return new($"is Ask, but {SectionName} cannot be asked which events it has; set SendAgain", [nameof(WhenUnknown)]);
        if (Enabled && BaseAddress is null)
            yield return new($"is missing; set the address of the API, or {SectionName}:Enabled=false", [nameof(BaseAddress)]);
        if (BaseAddress is { } address && !(address.IsAbsoluteUri && address.Scheme is "http" or "https"))
            yield return new("is not an absolute http or https address", [nameof(BaseAddress)]);
    }

    /// <summary>What is wrong with a key that a header has to carry.</summary>
    private protected IEnumerable<ValidationResult> FaultsOfKey(string? key, string name)
    {
        if (Enabled && string.IsNullOrWhiteSpace(key))
            yield return new($"is missing; set the key, or {SectionName}:Enabled=false", [name]);
        if (key?.Any(c => c is < ' ' or > '~') == true)
            yield return new("holds characters that no header can carry", [name]);
    }
}
