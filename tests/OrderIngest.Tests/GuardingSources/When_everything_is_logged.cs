using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OrderIngest.Tests.ReadingOrders;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.Tests.GuardingSources;

/// <summary>At the lowest level, from the framework and the libraries too: no key, no secret, nothing about a person.</summary>
public sealed class When_everything_is_logged
{
    private const string Email = "pat.q7@shop.example", Card = "2900000012345", Phone = "+49 30 5550199", OldKey = "an old key, 0b77";
    private static readonly string Secret = Convert.ToBase64String([.. Enumerable.Range(7, 32).Select(n => (byte)n)]);

    [Fact]
    public async Task Nothing_that_is_secret_or_personal_is_in_it()
    {
        await using var database = new SqliteFile();
        using var log = new Everything();
        using var traces = new Traces();
        await using (var ingest = await GuardedIngest.Start(
            database.ConnectionString,
            new()
            {
                ["OrderIngest:Sources:web:Signature:Secrets:0"] = Secret,
                ["OrderIngest:Sources:pos:ApiKeys:0:Hash"] = ApiKeys.Hash(OldKey),
                ["OrderIngest:Sources:pos:ApiKeys:0:NotAfter"] = "2026-01-01",
                ["OrderIngest:Sources:pos:ApiKeys:0:Name"] = "till keys of 2025",
                ["Logging:LogLevel:Default"] = "Trace",
            },
            builder => builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace)))
        {
            var order = Submitted.Json(Submitted.Order("1") with { Customer = new(Card, null, Email, Phone) });
            foreach (var key in new[] { GuardedIngest.PosKey, "a guess, 77aa", OldKey, GuardedIngest.WebKey })
            {
                using var one = await ingest.Post(order, "/orders", key: key);
                using var faulty = await ingest.Post(order.Replace("EUR", Email, StringComparison.Ordinal), "/orders", key: key);
                using var torn = await ingest.Post(order[..^5], "/orders", key: key);
                using var batch = await ingest.Post($"{order}\n{order[..^9]}\n{order.Replace("9.9", "8.8", StringComparison.Ordinal)}", "/orders/batch", "application/x-ndjson", key);
                using var state = await ingest.Get(one.Headers.Location?.ToString() ?? "/orders/x", key);
                using var asked = await ingest.Get($"/rejected?limit={Uri.EscapeDataString(Email)}", key);
            }
            using var signing = new HttpClient(new SigningHandler(Convert.FromBase64String(Secret), TimeProvider.System)) { BaseAddress = ingest.Http.BaseAddress };
            signing.DefaultRequestHeaders.Add("X-Api-Key", GuardedIngest.WebKey);
            using var signed = await signing.PostAsync("/orders", new StringContent(order, System.Text.Encoding.UTF8, "application/json"));
            Assert.Equal(202, (int)signed.StatusCode);
        }
        var lines = log.Lines.Concat(traces.Tags).ToList();
        Assert.Contains(lines, line => line.Contains("till keys of 2025", StringComparison.Ordinal) && line.Contains("key-out-of-its-time", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.NotEmpty(traces.Tags);
        string[] never = [GuardedIngest.PosKey, GuardedIngest.WebKey, OldKey, "a guess, 77aa", Secret, Email, Uri.EscapeDataString(Email), Card, Phone, ApiKeys.Hash(GuardedIngest.PosKey)];
        Assert.All(never, word => Assert.DoesNotContain(lines, line => line.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private sealed class Everything : ILoggerProvider, ISupportExternalScope
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose() { }

        private sealed class Writer(Everything all, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => all._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var scopes = "";
                all._scopes.ForEachScope((scope, _) => scopes += $" {(scope is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values) : scope)}", 0);
                var values = state is IEnumerable<KeyValuePair<string, object?>> members ? string.Join(' ', members) : "";
                all._lines.Enqueue($"{category}: {formatter(state, exception)} {values} {exception} {scopes}");
            }
        }
    }

    /// <summary>What traces would carry away.</summary>
    private sealed class Traces : IDisposable
    {
        private readonly ConcurrentQueue<string> _tags = new();
        private readonly ActivityListener _listener;

        public Traces()
        {
            _listener = new()
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                // Tests beside this one have the same sources: only the server's spans of this test name its keys, so nothing is lost by keeping all.
                ActivityStopped = activity => _tags.Enqueue($"{activity.OperationName} {activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))}"),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyCollection<string> Tags => _tags;

        public void Dispose() => _listener.Dispose();
    }
}
