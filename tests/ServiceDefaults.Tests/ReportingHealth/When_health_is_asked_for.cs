using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ServiceDefaults.Tests.ReportingHealth;

public sealed class When_health_is_asked_for
{
    [Theory]
    [InlineData(HealthStatus.Healthy, HttpStatusCode.OK)]
    [InlineData(HealthStatus.Degraded, HttpStatusCode.OK)]
    [InlineData(HealthStatus.Unhealthy, HttpStatusCode.ServiceUnavailable)]
    public async Task Ready_says_in_words_what_is_wrong(HealthStatus status, HttpStatusCode expected)
    {
        var (code, body) = await Ask("/health/ready", () => new(status, "the broker is away since 12:00"));

        Assert.Equal(expected, code);
        Assert.Equal(
            "{\"status\":\"" + status + "\",\"checks\":{\"dependency\":{\"status\":\"" + status + "\",\"says\":\"the broker is away since 12:00\"}}}", body.GetRawText());
    }

    [Fact]
    public async Task Ready_names_the_kind_of_an_unexpected_failure_and_not_its_text()
    {
        var (code, body) = await Ask("/health/ready", () => throw new InvalidOperationException("row of pat@shop.example"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.DoesNotContain("pat@shop", body.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(nameof(InvalidOperationException), body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_asks_nobody()
    {
        var (code, body) = await Ask("/health/live", () => new(HealthStatus.Unhealthy, "the broker is away"));

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("""{"status":"Healthy","checks":{}}""", body.GetRawText());
    }

    private static async Task<(HttpStatusCode, JsonElement)> Ask(string path, Func<HealthCheckResult> check)
    {
        var builder = A.Host([]);
        builder.Services.AddHealthChecks().AddCheck("dependency", check, ["ready"]);
        await using var app = builder.Build();
        app.UseServiceDefaults();
        await app.StartAsync(A.Token);
        using var client = A.ClientOf(app);
        using var answer = await client.GetAsync(path, A.Token);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(A.Token));
        await app.StopAsync(A.Token);
        return (answer.StatusCode, body.RootElement.Clone());
    }
}
