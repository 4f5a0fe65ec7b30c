using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerResolution.TakingNotices;

/// <summary>
/// Reads a notice. By hand, because what a route's parameters are bound from is read before the key is looked at; and because the framework's own words
/// about a body that cannot be read may repeat what is in it.
/// </summary>
internal static class NoticeBody
{
    /// <summary>Largest body, in bytes.</summary>
    public const int MaxBytes = 8192;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The notice, or the problem with it.</summary>
    public static async Task<(T? Notice, ProblemHttpResult? Problem)> Read<T>(HttpContext http, CancellationToken cancellationToken)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
            return (null, TypedResults.Problem("Send it as application/json.", statusCode: 415, title: "Not JSON"));
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaxBytes;
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json, cancellationToken) is { } notice
                ? (notice, null)
                : (null, Refused("The body is null, not an object."));
        }
        catch (JsonException exception)
        {
            // The path of an unknown member is whatever the sender called it.
            var member = typeof(T).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).FirstOrDefault(name => exception.Path == $"$.{name}");
            return (null, Refused(member is null ? "The body is not a JSON object." : $"{member}: is of another type"));
        }
    }

    /// <summary>400 with what has to be corrected, and without what was sent.</summary>
    public static ProblemHttpResult Refused(string detail) => TypedResults.Problem(detail, statusCode: 400, title: "The notice was not understood");
}
