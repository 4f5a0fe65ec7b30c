using System.Text.Json;

namespace ProfileStoreSender.Tests;

/// <summary>
/// The exact JSON that is sent, per kind of order. Queries of marketers rely on these names: a change shows as a difference to a stored file,
/// and the file is only changed on purpose (run with APPROVE_INTO set to the folder of the stored files to write what is built now).
/// </summary>
internal static class ApprovedJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task Equal(string folder, string kind, byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        var actual = JsonSerializer.Serialize(json.RootElement, Indented).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE_INTO") is { Length: > 0 } into)
            await File.WriteAllTextAsync(Path.Combine(into, folder, "Approved", $"{kind}.json"), actual, TestContext.Current.CancellationToken);
        var approved = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, folder, "Approved", $"{kind}.json"), TestContext.Current.CancellationToken);
        Assert.Equal(approved.ReplaceLineEndings("\n"), actual);
    }
}
