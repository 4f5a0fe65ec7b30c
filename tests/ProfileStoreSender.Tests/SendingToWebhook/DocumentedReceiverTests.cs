using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ProfileStoreSender.SendingToWebhook;

namespace ProfileStoreSender.Tests.SendingToWebhook;

/// <summary>What docs/webhook.md shows to receivers is what is tested here, word by word.</summary>
public sealed class DocumentedReceiverTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Id = "0c6f6b57-94a3-5a51-8f9c-3f8a3c1f7b10";

    private static readonly string Here = Path.GetDirectoryName(SourceFile())!, Page = File.ReadAllText(Path.Combine(Here, "..", "..", "..", "docs", "webhook.md"));

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"order.purchased","data":{"order":{"lines":[{"sku":"MÜTZE"}]}}}""");

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public void The_code_in_CSharp_is_what_verifies_in_these_tests() =>
        Assert.Contains(Flat(Block("csharp")), Flat(File.ReadAllText(Path.Combine(Here, "WebhookVerification.cs"))), StringComparison.Ordinal);

    [Fact]
    public void The_body_is_what_is_sent() =>
        Assert.Equal(Flat(File.ReadAllText(Path.Combine(Here, "Approved", "purchased.json"))), Flat(Block("json")));

    [Fact]
    public async Task The_code_for_Node_takes_what_is_signed_and_nothing_else()
    {
        var (now, key) = (Now, WebhookSecret.Bytes(Secret));
        var right = WebhookSignature.Of([key], Id, now, Body);
        var cases = new (string Secret, string? Id, string Timestamp, string? Signatures, byte[] Body, bool Genuine)[]
        {
            (Secret, Id, $"{now}", right, Body, true),
            (Secret, Id, $"{now}", $"v1,AAAA v2,BBBB {right}", Body, true),
            (Secret, Id, $"{now}", WebhookSignature.Of([new byte[24], key], Id, now, Body), Body, true),
            (Secret, Id, $"{now}", WebhookSignature.Of([new byte[24]], Id, now, Body), Body, false),
            ($"whsec_{Convert.ToBase64String(new byte[24])}", Id, $"{now}", right, Body, false),
            (Secret, "another", $"{now}", right, Body, false),
            (Secret, Id, $"{now + 1}", right, Body, false),
            (Secret, Id, $"{now}", right, [.. Body, (byte)' '], false),
            (Secret, Id, $"{now - 600}", WebhookSignature.Of([key], Id, now - 600, Body), Body, false),
            (Secret, Id, "soon", right, Body, false),
            (Secret, Id, $"{now}", right.Replace("v1,", "v2,", StringComparison.Ordinal), Body, false),
            (Secret, null, $"{now}", right, Body, false),
            (Secret, Id, $"{now}", null, Body, false),
        };
        var script = $$"""
            {{Block("js")}}
            const cases = {{JsonSerializer.Serialize(cases.Select(one => new { one.Secret, one.Id, one.Timestamp, one.Signatures, Body = Convert.ToBase64String(one.Body) }))}};
            const verdicts = cases.map((one) => isGenuine(one.Secret,
              { "webhook-id": one.Id ?? undefined, "webhook-timestamp": one.Timestamp, "webhook-signature": one.Signatures ?? undefined }, Buffer.from(one.Body, "base64")));
            process.stdout.write(JSON.stringify(verdicts));
            """;

        Assert.Equal(cases.Select(one => one.Genuine), JsonSerializer.Deserialize<bool[]>(await RunNode(script))!);
        // The same cases for the same answers in C#; there, headers that are missing are empty.
        Assert.Equal(cases.Select(one => one.Genuine), cases.Select(one =>
            WebhookVerification.IsGenuine(one.Secret, one.Id ?? "", one.Timestamp, one.Signatures ?? "", one.Body, DateTimeOffset.FromUnixTimeSeconds(now))));
    }

    private static async Task<string> RunNode(string script)
    {
        var start = new ProcessStartInfo("node", ["-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process node;
        try
        {
            node = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("node is not installed");
            return "";
        }
        using (node)
        {
            await node.StandardInput.WriteAsync(script);
            node.StandardInput.Close();
            var (output, errors) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(node.ExitCode == 0, await errors);
            return await output;
        }
    }

    private static string Block(string language)
    {
        var from = Page.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return Page[from..Page.IndexOf("\n```", from, StringComparison.Ordinal)];
    }

    private static string Flat(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static string SourceFile([CallerFilePath] string here = "") => here;
}
