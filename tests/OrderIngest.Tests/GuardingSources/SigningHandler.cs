using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrderIngest.Tests.GuardingSources;

// The same text stands in docs/security.md, as a sample; a test compares them.
/// <summary>Signs every request that goes through it.</summary>
internal sealed class SigningHandler(byte[] secret, TimeProvider time) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var head = $"{timestamp}\n{request.Method}\n{request.RequestUri!.PathAndQuery}\n";
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        byte[] signed = [.. Encoding.UTF8.GetBytes(head), .. body];
        var signature = HMACSHA256.HashData(secret, signed);
        request.Headers.Add("X-Timestamp", timestamp);
        request.Headers.Add("X-Signature", $"v1={Convert.ToHexStringLower(signature)}");
        return await base.SendAsync(request, cancellationToken);
    }
}
