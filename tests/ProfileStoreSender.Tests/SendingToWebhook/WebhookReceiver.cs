using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProfileStoreSender.Tests.SendingToWebhook;

/// <summary>
/// A receiver of webhooks as docs/webhook.md wants it: refuses what is not signed with its secret, answers otherwise as it is told, and keeps everything that came.
/// </summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedWebhook> _received = new();
    private readonly ConcurrentQueue<int> _answers = new();

    private WebhookReceiver(WebApplication app, string secret) => (_app, Secret) = (app, secret);

    /// <summary>For <c>Webhook:BaseAddress</c>.</summary>
    public Uri Address => new(new Uri(_app.Urls.Single()), "/hooks/in-store-orders");

    /// <summary>The only one it knows at the moment.</summary>
    public string Secret { get; set; }

    /// <summary>Where an answer of 3xx leads.</summary>
    public Uri? RedirectTo { get; set; }

    /// <summary>Everything that came, the refused included.</summary>
    public IReadOnlyList<ReceivedWebhook> Received => [.. _received];

    public static async Task<WebhookReceiver> Start(string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new WebhookReceiver(app, secret);
        app.MapPost("/hooks/in-store-orders", receiver.Receive);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Answers to the next genuine requests, in turn; afterwards 204 again.</summary>
    public void AnswerNext(params int[] statuses)
    {
        foreach (var status in statuses)
            _answers.Enqueue(status);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task Receive(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var (id, timestamp, signatures) = (Header(http, "webhook-id"), Header(http, "webhook-timestamp"), Header(http, "webhook-signature"));
        var genuine = WebhookVerification.IsGenuine(Secret, id, timestamp, signatures, body.ToArray(), TimeProvider.System.GetUtcNow());
        var status = !genuine ? StatusCodes.Status401Unauthorized : _answers.TryDequeue(out var told) ? told : StatusCodes.Status204NoContent;
        _received.Enqueue(new(id, timestamp, signatures, body.ToArray(), http.Request.ContentType, genuine, status));
        http.Response.StatusCode = status;
        if (status is >= 300 and < 400)
            http.Response.Headers.Location = RedirectTo?.ToString();
    }

    private static string Header(HttpContext http, string name) => http.Request.Headers[name].ToString();
}

/// <param name="Id">The header <c>webhook-id</c>.</param>
/// <param name="Timestamp">The header <c>webhook-timestamp</c>.</param>
/// <param name="Signatures">The header <c>webhook-signature</c>.</param>
/// <param name="Body">As it came.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Genuine">Whether a signature is right and the time is now.</param>
/// <param name="Status">What it was answered.</param>
public sealed record ReceivedWebhook(string Id, string Timestamp, string Signatures, byte[] Body, string? ContentType, bool Genuine, int Status);
