using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OrderIngest.Tests.GuardingSources;

/// <summary>The samples of docs/security.md, as they stand there, against the service.</summary>
public sealed partial class When_the_samples_of_the_docs_are_tried
{
    private static readonly string Docs = File.ReadAllText(Path.Combine(Here(), "..", "..", "..", "docs", "security.md"));

    [Theory]
    [InlineData("sh", "bash", "/bin/bash")]
    [InlineData("js", "node", "/usr/bin/node")]
    public async Task They_send_a_signed_order(string language, string program, string path)
    {
        Assert.SkipUnless(File.Exists(path), $"{program} is not installed");
        await using var database = new SqliteFile();
        var secret = Convert.ToBase64String([.. Enumerable.Range(200, 32).Select(n => (byte)n)]);
        await using var ingest = await GuardedIngest.Start(database.ConnectionString, new() { ["OrderIngest:Sources:pos:Signature:Secrets:0"] = secret });
        await File.WriteAllTextAsync(database.FilePath("order.json"), GuardedIngest.Order("1"));
        var sample = Blocks(language).Single(block => block.Contains("order.json", StringComparison.Ordinal));
        var (code, output) = await Run(path, sample, database.FilePath("."), new() { ["BASE"] = ingest.Http.BaseAddress!.ToString().TrimEnd('/'), ["KEY"] = GuardedIngest.PosKey, ["SECRET"] = secret });
        Assert.True(code == 0, output);
        Assert.False((bool)JsonNode.Parse(output)!["duplicate"]!);
        // With another secret the same sample is refused, and says so with its exit code.
        var (refused, answer) = await Run(path, sample, database.FilePath("."), new() { ["BASE"] = ingest.Http.BaseAddress!.ToString().TrimEnd('/'), ["KEY"] = GuardedIngest.PosKey, ["SECRET"] = Convert.ToBase64String(new byte[32]) });
        Assert.NotEqual(0, refused);
        Assert.Contains("signature-wrong", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_in_CSharp_is_the_handler_that_these_tests_sign_with() =>
        Assert.EndsWith(Blocks("csharp").Single(), File.ReadAllText(Path.Combine(Here(), "SigningHandler.cs")), StringComparison.Ordinal);

    private static IEnumerable<string> Blocks(string language) => Block().Matches(Docs).Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value);

    private static async Task<(int Code, string Output)> Run(string path, string sample, string folder, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(path) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(sample);
        process.StandardInput.Close();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = await process.StandardOutput.ReadToEndAsync(bound.Token);
        var errors = await process.StandardError.ReadToEndAsync(bound.Token);
        await process.WaitForExitAsync(bound.Token);
        return (process.ExitCode, output.Length > 0 ? output : errors);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("^```(\\w+)\\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
