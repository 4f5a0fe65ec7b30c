using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>A step's request. Whatever a value holds, it is a value in the request and changes nothing else about it.</summary>
internal sealed class RequestTemplate
{
    private readonly HttpMethod _method;
    private readonly TextTemplate _path;
    private readonly IReadOnlyList<(string Name, TextTemplate Value)> _headers;
    private readonly TextTemplate? _body;
    private readonly MediaTypeHeaderValue _contentType;
    private readonly bool _isForm;

    /// <param name="options">A step that has been checked.</param>
    /// <param name="headers">Headers of every step; the step's own come before them.</param>
    public RequestTemplate(LookupOptions options, IReadOnlyDictionary<string, string> headers)
    {
        _method = new(options.Method);
        _path = new(options.Path!.TrimStart('/'));
        var own = options.Headers ?? new Dictionary<string, string>();
        _headers = [.. own.Concat(headers.Where(header => !own.Keys.Contains(header.Key, StringComparer.OrdinalIgnoreCase))).Select(header => (header.Key, new TextTemplate(header.Value)))];
        _body = string.IsNullOrEmpty(options.Body) ? null : new(options.Body);
        _contentType = MediaTypeHeaderValue.Parse(options.ContentType);
        _isForm = IsForm(options.ContentType);
    }

    public static bool IsForm(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && string.Equals(type.MediaType, "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <summary>A value as it stands between quotes in JSON.</summary>
    public static string EscapeJson(string value) => JsonEncodedText.Encode(value).ToString();

    /// <summary>Where to ask; null when a value such as ".." would turn the address into that of another resource.</summary>
    public Uri? AddressAt(Uri baseAddress, IReadOnlyDictionary<string, string> values)
    {
        var filled = _path.Fill(values, Uri.EscapeDataString);
        var segments = filled.Split('?', 2)[0].Split('/').Select(Uri.UnescapeDataString);
        return segments.Any(segment => segment is "." or "..") ? null : new(baseAddress, filled);
    }

    /// <summary>A request that can be sent once.</summary>
    public HttpRequestMessage RequestAt(Uri address, IReadOnlyDictionary<string, string> values)
    {
        var request = new HttpRequestMessage(_method, address);
        foreach (var (name, value) in _headers)
            request.Headers.TryAddWithoutValidation(name, value.Fill(values, EscapeHeader));
        if (request.Headers.Accept.Count == 0)
            request.Headers.Accept.Add(new("application/json"));
        if (_body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(_body.Fill(values, _isForm ? Uri.EscapeDataString : EscapeJson)));
            request.Content.Headers.ContentType = _contentType;
        }
        return request;
    }

    // A header carries printable ASCII; a line break would begin another header.
    private static string EscapeHeader(string value) => string.Concat(value.EnumerateRunes().Select(rune => rune.Value is >= ' ' and <= '~' ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}
