using System.Text.Json;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>Reads the bodies of answers.</summary>
internal static class AnswerBody
{
    /// <summary>The body as JSON. One that is none is an error of the provider's where it is needed; elsewhere (an error page) it has nothing to say.</summary>
    public static async Task<JsonDocument?> Read(HttpResponseMessage response, bool needed, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        }
        catch (JsonException) when (!needed)
        {
            return null;
        }
    }
}
