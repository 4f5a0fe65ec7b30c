using System.Net;
using System.Text.RegularExpressions;

namespace OrderIngest.Tests.DescribingRoutes;

public sealed partial class When_the_page_is_opened : IAsyncLifetime
{
    private readonly SqliteFile _database = new();

    [Fact]
    public async Task It_and_all_it_needs_come_from_here_without_a_key()
    {
        await using var ingest = await RunningIngest.Start(_database.ConnectionString, new() { ["OrderIngest:Sources:pos:ApiKeyHash"] = new string('a', 64) }, environment: "Production");
        using var page = await ingest.Http.GetAsync("/openapi");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("width=device-width", html, StringComparison.Ordinal);
        var parts = Reference().Matches(html).Select(match => match.Groups[1].Value).ToList();
        Assert.True(parts.Count >= 5, html);
        Assert.All(parts, part => Assert.False(part.Contains("//", StringComparison.Ordinal), $"{part} is elsewhere"));
        foreach (var part in parts)
        {
            using var response = await ingest.Http.GetAsync(new Uri(page.RequestMessage!.RequestUri!, part));
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{part}: {(int)response.StatusCode}");
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }
        using var document = await ingest.Http.GetAsync("/openapi/v1.json");
        Assert.Equal((HttpStatusCode.OK, "application/json"), (document.StatusCode, document.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Nothing_may_run_in_it_that_is_not_its_own()
    {
        await using var ingest = await RunningIngest.Start(_database.ConnectionString);
        using var page = await ingest.Http.GetAsync("/openapi");
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal(("DENY", "no-referrer"), (Assert.Single(page.Headers.GetValues("X-Frame-Options")), Assert.Single(page.Headers.GetValues("Referrer-Policy"))));
        Assert.DoesNotMatch("<script(?![^>]*src=)|<style|style=", await page.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task It_can_be_switched_off_with_the_document()
    {
        await using var ingest = await RunningIngest.Start(_database.ConnectionString, new() { ["OrderIngest:ServeOpenApi"] = "false" });
        foreach (var path in new[] { "/openapi", "/openapi/", "/openapi/index.html", "/openapi/v1.json", "/openapi/page.css" })
        {
            using var response = await ingest.Http.GetAsync(path);
            Assert.True(response.StatusCode == HttpStatusCode.NotFound, path);
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [GeneratedRegex(@"(?:src|href)=""([^""]+)""")]
    private static partial Regex Reference();
}
