using System.Collections.Concurrent;
using System.Diagnostics;

namespace CustomerResolution.Tests.Observing;

/// <summary>Every span of this process but those of ASP.NET Core, which here are the stand-in's: a provider sees its customers' cards.</summary>
internal sealed class CapturedSpans : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<string> _spans = new();

    public CapturedSpans()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name != "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                // ASP.NET Core's spans in old style have no source of their own.
                if (!span.OperationName.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
                    _spans.Enqueue(Text(span));
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<string> Spans => _spans;

    public void Dispose() => _listener.Dispose();

    private static string Text(Activity span) => string.Join(" ", [
        span.Source.Name, span.OperationName, span.DisplayName, span.StatusDescription,
        .. Pairs(span.TagObjects), .. Pairs(span.Baggage.Select(pair => new KeyValuePair<string, object?>(pair.Key, pair.Value))),
        .. span.Events.SelectMany(e => Pairs(e.Tags).Prepend(e.Name)), .. span.Links.SelectMany(link => Pairs(link.Tags ?? []))]);

    private static IEnumerable<string> Pairs(IEnumerable<KeyValuePair<string, object?>> pairs) => pairs.Select(pair => $"{pair.Key}={pair.Value}");
}
