using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OrderIngest.GuardingSources;

namespace OrderIngest.Tests.GuardingSources;

public sealed class RequestSignatureTests
{
    // printf '1768471752\nPOST\n/orders?source=pos\n{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt key:0123456789abcdef0123456789abcdef
    private const string Right = "040a2a2bebb8d9c61a49bd720b17d43242e1bbbfe5373f952b3cb7f7461312fa";
    private const string At = "1768471752";

    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"), Other = Encoding.ASCII.GetBytes("another secret, of thirty-two by");

    [Fact]
    public void It_is_what_openssl_computes()
    {
        Assert.True(IsRight(Request(At, $"v1={Right}"), "{\"a\":1}", Secret));
        Assert.True(IsRight(Request(At, $"v1={Right.ToUpperInvariant()}"), "{\"a\":1}", Secret));
        Assert.Equal(new DateTimeOffset(2026, 1, 15, 10, 9, 12, TimeSpan.Zero), RequestSignature.Of(Request(At, $"v1={Right}"))!.At);
    }

    [Fact]
    public void It_may_be_of_any_secret_and_one_of_several()
    {
        Assert.True(IsRight(Request(At, $"v1={Right}"), "{\"a\":1}", Other, Secret));
        Assert.True(IsRight(Request(At, $"v1={new string('0', 64)}, v1={Right}"), "{\"a\":1}", Secret));
        Assert.False(IsRight(Request(At, $"v1={Right}"), "{\"a\":1}", Other));
    }

    [Theory]
    [InlineData("POST", "/orders?source=pos", "{\"a\":2}")]
    [InlineData("PUT", "/orders?source=pos", "{\"a\":1}")]
    [InlineData("POST", "/orders?source=web", "{\"a\":1}")]
    [InlineData("POST", "/orders", "?source=pos\n{\"a\":1}")]
    [InlineData("POST", "/orders?source=pos", "")]
    [InlineData("POST", "/orders?source=pos", "\n{\"a\":1}")]
    public void It_fits_nothing_else(string method, string target, string body) => Assert.False(IsRight(Request(At, $"v1={Right}", method, target), body, Secret));

    [Fact]
    public void It_does_not_fit_another_time() => Assert.False(IsRight(Request("1768471753", $"v1={Right}"), "{\"a\":1}", Secret));

    [Theory]
    [InlineData(null, "v1=" + Right)]
    [InlineData("", "v1=" + Right)]
    [InlineData("-1", "v1=" + Right)]
    [InlineData("+1768471752", "v1=" + Right)]
    [InlineData(" 1768471752", "v1=" + Right)]
    [InlineData("1768471752.5", "v1=" + Right)]
    [InlineData("99999999999999999", "v1=" + Right)]
    [InlineData("99999999999999999999", "v1=" + Right)]
    [InlineData(At, null)]
    [InlineData(At, "")]
    [InlineData(At, Right)]
    [InlineData(At, "v1=")]
    [InlineData(At, "v1=" + Right + "0")]
    [InlineData(At, "v2=" + Right)]
    [InlineData(At, "v1=" + Right + ",")]
    [InlineData(At, "v1=zz0a2a2bebb8d9c61a49bd720b17d43242e1bbbfe5373f952b3cb7f7461312fa")]
    [InlineData(At, "v1=" + Right + ",v1=" + Right + ",v1=" + Right + ",v1=" + Right + ",v1=" + Right + ",v1=" + Right)]
    public void Headers_of_another_form_are_none(string? timestamp, string? signature) => Assert.Null(RequestSignature.Of(Request(timestamp, signature)));

    private static bool IsRight(HttpRequest request, string body, params byte[][] secrets)
    {
        var signature = RequestSignature.Of(request)!;
        var hashes = signature.Begin(request, secrets);
        foreach (var hash in hashes)
            hash.AppendData(Encoding.UTF8.GetBytes(body));
        return signature.IsRight(hashes);
    }

    private static HttpRequest Request(string? timestamp, string? signature, string method = "POST", string target = "/orders?source=pos")
    {
        var http = new DefaultHttpContext();
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        http.Request.Method = method;
        if (timestamp is not null)
            http.Request.Headers["X-Timestamp"] = timestamp;
        if (signature is not null)
            http.Request.Headers["X-Signature"] = signature;
        return http.Request;
    }
}
