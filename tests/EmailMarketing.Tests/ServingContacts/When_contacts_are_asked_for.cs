using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmailMarketing.RememberingPurchases;
using EmailMarketing.ServingContacts;
using MessageExamples;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.Tests.ServingContacts;

public sealed class When_contacts_are_asked_for
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Theory, InlineData("contacts/a@x.example"), InlineData("contacts.csv")]
    public async Task Without_a_key_nothing_is_told(string path)
    {
        await using var service = await RunningEmailMarketing.Start(DatabaseKind.Sqlite);
        service.Client.DefaultRequestHeaders.Clear();

        using var answer = await service.Client.GetAsync(path, None);

        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task An_unknown_address_is_a_problem_that_does_not_repeat_it()
    {
        await using var service = await RunningEmailMarketing.Start(DatabaseKind.Sqlite);

        using var answer = await service.Client.GetAsync("contacts/somebody@x.example", None);

        var body = await answer.Content.ReadAsStringAsync(None);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("No such contact", body, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_holds_every_contact_over_many_pages()
    {
        await using var service = await RunningEmailMarketing.Start(DatabaseKind.PostgreSql);
        var contacts = service.Services.GetRequiredService<Contacts>();
        await Task.WhenAll(Enumerable.Range(0, 25).Select(i => contacts.Remember(Purchase($"c{i:00}@x.example") with { OrderId = Guid.NewGuid() }, An.Noon, None)));
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        var count = await new ContactsCsv(contacts, pageSize: 10).Write(http.Response, None);

        http.Response.Body.Position = 0;
        var lines = (await new StreamReader(http.Response.Body).ReadToEndAsync(None)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(25, count);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"c{i:00}@x.example"), lines.Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task The_file_comes_as_a_download()
    {
        await using var service = await RunningEmailMarketing.Start(DatabaseKind.Sqlite);
        await service.Services.GetRequiredService<Contacts>().Remember(Purchase("a@x.example") with { Name = "=1+1" }, An.Noon, None);

        using var answer = await service.Client.GetAsync("contacts.csv", None);

        Assert.Equal(("text/csv", "contacts.csv"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.FileName?.Trim('"')));
        Assert.Equal(
            "email,name,store_id,purchased_at,amount,currency,order_id\r\na@x.example,'=1+1,S1,2026-11-20T12:00:00Z,5,EUR,00000000-0000-0000-0000-000000000000\r\n",
            await answer.Content.ReadAsStringAsync(None));
    }

    [Theory, InlineData("contacts/a@x.example"), InlineData("contacts.csv")]
    public async Task While_the_database_is_away_it_says_so_and_runs_on(string path)
    {
        await using var service = await RunningEmailMarketing.StartWithoutDatabase();

        using var answer = await service.Client.GetAsync(path, None);
        var ready = await service.Client.GetAsync("health/ready", None);
        var health = await ready.Content.ReadFromJsonAsync<JsonElement>(None);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("Unhealthy", health.GetProperty("checks").GetProperty("database EmailMarketing").GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync("health/live", None)).StatusCode);
    }

    [Fact]
    public async Task No_log_line_holds_the_address()
    {
        using var logs = new KeptLogs();
        await using var service = await RunningEmailMarketing.Start(DatabaseKind.Sqlite, logs);
        await service.Services.GetRequiredService<Contacts>().Remember(Purchase("somebody@x.example"), An.Noon, None);

        (await service.Client.GetAsync("contacts/somebody@x.example", None)).EnsureSuccessStatusCode();
        (await service.Client.GetAsync("contacts.csv", None)).EnsureSuccessStatusCode();

        Assert.Contains(logs.Lines, line => line.Contains("1 contacts exported", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, line => line.Contains("somebody", StringComparison.OrdinalIgnoreCase));
    }

    private static LastPurchase Purchase(string email) =>
        new() { Email = email, StoreId = "S1", PurchasedAt = An.Noon, Amount = 5m, Currency = "EUR", OrderId = Guid.Empty };

    private sealed class KeptLogs : ILoggerProvider, ILogger
    {
        private readonly List<string> _lines = [];
        private readonly LoggerExternalScopeProvider _scopes = new();

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => _scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
            {
                _lines.Add($"{formatter(state, exception)} {exception}");
                // Scopes are written out by the JSON console, so they count as logged.
                _scopes.ForEachScope((scope, lines) => lines.Add($"{scope}"), _lines);
            }
        }

        public void Dispose() { }
    }
}
