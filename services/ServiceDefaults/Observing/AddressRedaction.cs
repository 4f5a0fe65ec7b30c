using System.Diagnostics;
using OpenTelemetry;

namespace ServiceDefaults.Observing;

/// <summary>
/// Takes paths out of HTTP spans: a look-up by card and GET /contacts/{email} carry personal data in their address. What is left says
/// which host was asked, or which route was hit.
/// </summary>
public sealed class AddressRedaction : BaseProcessor<Activity>
{
    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.GetTagItem("url.full") is string full)
            data.SetTag("url.full", Uri.TryCreate(full, UriKind.Absolute, out var uri) ? $"{uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}/..." : null);
        if (data.GetTagItem("url.path") is not null)
            data.SetTag("url.path", data.GetTagItem("http.route") as string ?? "...");
        if (data.GetTagItem("url.query") is not null)
            data.SetTag("url.query", null);
    }
}
