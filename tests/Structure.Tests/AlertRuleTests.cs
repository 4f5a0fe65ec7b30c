using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>Each alert says what to do, and has been seen to fire. That its metrics are really emitted is tested with the running services, in EndToEnd.Tests.</summary>
public sealed partial class AlertRuleTests
{
    private static readonly string Operations = Repository.Exists("docs/operations.md") ? Repository.Read("docs/operations.md") : "";

    public static TheoryData<string> Alerts => [.. AlertRules.Alerts.Select(rule => rule.Text("alert")!)];

    [Theory, MemberData(nameof(Alerts))]
    public void It_says_how_bad_it_is_what_has_happened_and_what_to_do(string alert)
    {
        var rule = AlertRules.Named(alert);

        Assert.Contains(rule.Text("labels", "severity"), new[] { "critical", "warning" });
        Assert.NotEmpty(rule.Text("annotations", "summary")!);
        Assert.NotNull(rule.Text("for"));
        Assert.Equal($"docs/operations.md#{alert.ToLowerInvariant()}", rule.Text("annotations", "runbook_url"));
        Assert.Contains($"\n### {alert}\n", Operations, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_explained_that_does_not_exist()
    {
        var section = Operations[Operations.IndexOf("\n## Alerts\n", StringComparison.Ordinal)..];
        section = section[..(section.IndexOf("\n## ", 5, StringComparison.Ordinal) is var end and > 0 ? end : section.Length)];

        Assert.Equal(AlertRules.Alerts.Select(rule => rule.Text("alert")!).Order(StringComparer.Ordinal), Heading().Matches(section).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Alerts))]
    public void It_is_tested_to_fire(string alert) => Assert.Contains(AlertRules.Tests, test => test.Alert == alert && test.Firing > 0);

    [Fact]
    public void Every_service_is_missed_when_it_is_gone() => Assert.Equal(
        Repository.Services.Order(StringComparer.Ordinal),
        Job().Matches(AlertRules.Named("ServiceAbsent").Text("expr")!).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("check", "rules", "alert-rules.yaml")]
    [InlineData("check", "config", "prometheus.yaml")]
    [InlineData("test", "rules", "alert-rules.tests.yaml")]
    [InlineData("test", "rules", "silent-stores.tests.yaml")]
    public async Task Promtool_agrees(params string[] arguments)
    {
        var (found, promtool) = await Run(Path.Combine(Repository.Root, "deploy/local/promtool.sh"));
        Assert.True(found == 0, promtool);
        var (ended, says) = await Run(promtool.Trim().Split('\n')[^1], arguments);
        Assert.True(ended == 0, says);
    }

    private static async Task<(int Code, string Says)> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path.Combine(Repository.Root, AlertRules.Folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, process.ExitCode == 0 ? await said : $"{await said}{await complained}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    [GeneratedRegex("(?m)^### (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"job=""in-store-orders/(\w+)""")]
    private static partial Regex Job();
}
