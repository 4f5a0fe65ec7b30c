namespace CustomerResolution.Tests.LookingUpCustomers;

/// <summary>A request as it arrived: method and address in one text, headers by name, and the body.</summary>
internal sealed record SeenRequest(string Line, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static async Task<SeenRequest> Of(HttpRequestMessage request) => new(
        $"{request.Method} {request.RequestUri!.AbsoluteUri}",
        request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        request.Content is null ? "" : await request.Content.ReadAsStringAsync());
}
