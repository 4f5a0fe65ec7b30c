using System.Globalization;

namespace ProfileStoreSender.Tests.AnsweringInEveryWay;

/// <summary>Everything a destination may do to a request, by the words that docs/destination-answers.md uses.</summary>
internal static class EveryAnswer
{
    private const string Faults = """{"title":"Bad Request","status":400,"detail":{"invalids":[{"field":"data.order.order_id","reason":"is missing"}]}}""";

    public static IReadOnlyList<AnswerToGive> All { get; } =
    [
        .. new[] { 200, 201, 202, 203, 204, 205, 206, 299 }.Select(Status),
        Written("202, half a body", "HTTP/1.1 202 Accepted\r\nContent-Length: 500\r\n\r\n{\"title\":", ends: true),
        Written("202, the body never comes", "HTTP/1.1 202 Accepted\r\nContent-Length: 500\r\n\r\n", takesTooLong: true),
        Written("202 with the faults it found", Text("202 Accepted", Faults)),
        Written("200 with a list of errors", Text("200 OK", """{"errors":["no"]}""")),
        Written("200 with an empty list of errors", Text("200 OK", """{"errors":[]}""")),
        Written("200 with a web page", Text("200 OK", "<!doctype html><html></html>", "text/html")),
        Status(207),
        .. new[] { 301, 302, 303, 307, 308 }.Select(Status),
        Status(400),
        Written("400, half a body", "HTTP/1.1 400 Bad Request\r\nContent-Length: 500\r\n\r\n{\"title\":", ends: true),
        Written("400, the body never comes", "HTTP/1.1 400 Bad Request\r\nContent-Length: 500\r\n\r\n", takesTooLong: true),
        .. new[] { 401, 402, 403, 404, 405, 407, 408, 409, 410, 413, 415, 421, 422, 425, 426 }.Select(Status),
        Status(429),
        Written("429, Retry-After: 30", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n"),
        .. new[] { 451, 500, 501, 502, 503 }.Select(Status),
        Written("503, Retry-After: 30", "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n"),
        .. new[] { 504, 507, 520, 599 }.Select(Status),
        Written("500, half a body", "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 500\r\n\r\n{\"title\":", ends: true),
        new("no connection", null),
        Written("time-out", "", takesTooLong: true),
        new("reset before the body was read", request => Reset(request, 0)),
        new("reset in the middle of the body", request => Reset(request, 20)),
        new("reset after the body", request => Reset(request, int.MaxValue)),
        Written("closed after the body", "", ends: true),
        Written("half a status line", "HTTP/1.1 20", ends: true),
        Written("reset in the middle of the head", "HTTP/1.1 202 Accepted\r\nContent-Le", ends: true),
        Written("not HTTP", "SSH-2.0-OpenSSH\r\n\r\n", ends: true),
    ];

    private static AnswerToGive Status(int status) => Written(status.ToString(CultureInfo.InvariantCulture),
        status is 204 or 304 ? $"HTTP/1.1 {status} X\r\n\r\n" : $"HTTP/1.1 {status} X\r\n{(status is >= 300 and < 400 ? "Location: http://127.0.0.1:1/elsewhere\r\n" : "")}Content-Length: 0\r\n\r\n");

    private static string Text(string status, string body, string type = "application/json") => $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static AnswerToGive Written(string name, string text, bool ends = false, bool takesTooLong = false)
    {
        return new(name, Give) { TakesTooLong = takesTooLong };

        async Task<bool> Give(RawRequest request)
        {
            await request.ReadBody();
            await request.Write(text);
            return !ends;
        }
    }

    private static async Task<bool> Reset(RawRequest request, int afterBytes)
    {
        await request.ReadBody(afterBytes);
        request.Reset();
        return false;
    }
}

/// <summary>One of them.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Give">What is done to the request; null when there is nobody to do it.</param>
internal sealed record AnswerToGive(string Name, Func<RawRequest, Task<bool>>? Give)
{
    /// <summary>True when the sender's time-out has to end it.</summary>
    public bool TakesTooLong { get; init; }
}
