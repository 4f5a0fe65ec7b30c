using System.Text;
using ProfileStoreSender.SendingToWebhook;

namespace ProfileStoreSender.Tests.SendingToWebhook;

public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>The vectors that the libraries of Standard Webhooks and their first user publish.</summary>
    [Theory]
    [InlineData(Secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}""", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", 1731705121, """{"event_type":"ping","data":{"success":true}}""", "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=")]
    public void Of_published_vectors(string secret, string id, long timestamp, string body, string expected) =>
        // The published secrets have 24 and 18 bytes: what is too short for us is decoded here.
        Assert.Equal(expected, WebhookSignature.Of([Convert.FromBase64String(secret["whsec_".Length..])], id, timestamp, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Of_several_secrets_has_one_signature_for_each_in_their_order()
    {
        byte[][] secrets = [WebhookSecret.Bytes(Secret), new byte[24]];
        var body = "{}"u8.ToArray();

        var both = WebhookSignature.Of(secrets, "id", 1, body).Split(' ');

        Assert.Equal([WebhookSignature.Of([secrets[0]], "id", 1, body), WebhookSignature.Of([secrets[1]], "id", 1, body)], both);
        Assert.NotEqual(both[0], both[1]);
    }

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", null)]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "does not begin with whsec_")]
    [InlineData("whsec_", "has 0 bytes")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "is not base64")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa==", "has 22 bytes")]
    [InlineData(null, "does not begin with whsec_")]
    public void Faults_of_secrets_are_said_in_words_that_do_not_repeat_them(string? secret, string? expected)
    {
        var fault = WebhookSecret.Fault(secret);

        Assert.Equal(expected is null, fault is null);
        Assert.StartsWith(expected ?? "", fault ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("MfKQ9r8", fault ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_secret_has_24_to_64_bytes(int length, bool allowed) =>
        Assert.Equal(allowed, WebhookSecret.Fault($"whsec_{Convert.ToBase64String(new byte[length])}") is null);
}
