using System.Security.Cryptography;
using System.Text;
using CustomerResolution.AuthenticatingRequests;

namespace CustomerResolution.Tests.AuthenticatingRequests;

/// <summary>The protocol's published examples (github.com/EscherAuth/test-cases): each request has the signature it has there.</summary>
public sealed class EscherSignatureTests
{
    private static readonly DateTimeOffset At = new(2011, 9, 9, 23, 36, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("POST", "/", "p=phfft", "", "debf546796015d6f6ded8626f5ce98597c33b47b9164cf6b17b4642036fcb592")]
    [InlineData("GET", "/foo/bar/../..", "", "", "b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470")]
    [InlineData("GET", "/foo/..", "", "", "b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470")]
    [InlineData("GET", "/./", "", "", "b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470")]
    [InlineData("GET", "/./foo", "", "", "910e4d6c9abafaf87898e1eb4c929135782ea25bb0279703146455745391e63a")]
    [InlineData("GET", "//", "", "", "b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470")]
    [InlineData("GET", "//foo//", "", "", "b00392262853cfe3201e47ccf945601079e9b8a7f51ee4c3d9ee4f187aa9bf19")]
    [InlineData("GET", "/%20/foo", "", "", "f309cfbd10197a230c42dd17dbf5cca8a0722564cb40a872d25623cfa758e374")]
    [InlineData("GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "", "", "830cc36d03f0f84e6ee4953fbe701c1c8b71a0372c63af9255aa364dd183281e")]
    [InlineData("GET", "/%E1%88%B4", "", "", "8d6634c189aa8c75c2e51e106b6b5121bed103fdb351f7d7d4381c738823af74")]
    [InlineData("GET", "/?foo=bar", "", "", "56c054473fd260c13e4e7393eb203662195f5d4a1fada5314b8b52b23f985e9f")]
    [InlineData("GET", "/?foo=Zoo&foo=aha", "", "", "be7148d34ebccdc6423b19085378aa0bee970bdc61d144bd1a8c48c33079ab09")]
    [InlineData("GET", "/?a=foo&b=foo", "", "", "0dc122f3b28b831ab48ba65cb47300de53fbe91b577fe113edac383730254a3b")]
    [InlineData("GET", "/?foo=b&foo=a", "", "", "feb926e49e382bec75c9d7dcb2a1b6dc8aa50ca43c25d2bc51143768c0875acc")]
    [InlineData("GET", "/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "", "", "f1498ddb4d6dae767d97c466fb92f1b59a2c71ca29ac954692663f9db03426fb")]
    [InlineData("GET", "/", "", "", "b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470")]
    [InlineData("GET", "/?ሴ=bar", "", "", "6fb359e9a05394cc7074e0feb42573a2601abc0c869a953e8c5c12e4e01f1a8c")]
    [InlineData("POST", "/", "", "", "22902d79e148b64e7571c3565769328423fe276eae4b26f83afceda9e767f726")]
    [InlineData("POST", "/", "ZOO=zoobar", "", "b7a95a52518abbca0964a999a880429ab734f35ebbf1235bd79a5de87756dc4a")]
    [InlineData("POST", "/", "zoo=ZOOBAR", "", "273313af9d0c265c531e11db70bbd653f3ba074c1009239e8559d3987039cad7")]
    [InlineData("POST", "/?foo=bar", "", "", "b6e3b79003ce0743a491606ba1035a804593b0efb1e20a11cba83f8c25a57a92")]
    [InlineData("POST", "/", "Content-Type=application/x-www-form-urlencoded; charset=utf8", "foo=bar", "b105eb10c6d318d2294de9d49dd8b031b55e3c3fe139f2e637da70511e9e7b71")]
    [InlineData("POST", "/", "Content-Type=application/x-www-form-urlencoded", "foo=bar", "5a15b22cf462f047318703b92e6f4f38884e4a7ab7b1d6426ca46a8bd1c26cbc")]
    [InlineData("POST", "/", "ZOO=zoobar|zoo=foobar|zoo=zoobar", "", "e466e59a8f69db46393c688fc3b4fdca8de56046bdab1d963ea3d9c27f5781f0")]
    [InlineData("POST", "/", "p=z|p=a|p=p|p=a", "", "bb7956f64dfab89c02bcf8ce99819d83b830048c6fad8a24e1fbbc49ee200e8a")]
    [InlineData("GET", "/foo%2Bbar/?test=foo%2Bbar", "", "", "6d872505fbfa5f1218d191d3c9c6ff2efe1d1113cef551902919c9792d2397d2")]
    [InlineData("GET", "/?test=()", "", "", "fc975ca905db5beb26c557e997c70b89cf19f9037fc330cda309efe0671fdfe8")]
    [InlineData("GET", "/foo+bar/?test=foo+bar", "", "", "7f03e7bbb8353e56ef2f397688b9704968190b012cee20f5020a5e792f7360e1")]
    [InlineData("GET", "/0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E_%60%7B%7C%7D~%20%09%0A%0D%5Cu000b%0C/?test=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E_%60%7B%7C%7D~%20%09%0A%0D%5Cu000b%0C", "", "", "819983efdc2c8a5af90d83026e8569db17968dc9768d1b86d0264ce3ca7d4fd1")]
    [InlineData("GET", "/foo%20bar/?test=foo%20bar", "", "", "ba0334f69aa93bb83c471e26446a2a71b7a430095459757f0e2d38b814356e2b")]
    [InlineData("POST", "/", "A-Funny-Header=\"   foo   bar   \"", "", "5d63db6df1454e99cdff20966ac2fe0c6ed6cd330b0c7dbcb0e3155e164e49d7")]
    [InlineData("POST", "/", "Content-Type=application/x-www-form-urlencoded;         charset=utf8", "foo=bar", "b105eb10c6d318d2294de9d49dd8b031b55e3c3fe139f2e637da70511e9e7b71")]
    [InlineData("POST", "/", "Content-Type=application/x-www-form-urlencoded; charset=utf8", "foo=árvíztűrő-tükörfúrógépß❤", "e651383ca0bb3d46ec251edc68748f996386d3168c7804b1fdeb1f0761683999")]
    public void Header_signs_the_published_examples_as_published(string method, string address, string headers, string body, string signature)
    {
        IReadOnlyList<(string, string)> signed =
        [
            ("Date", "Mon, 09 Sep 2011 23:36:00 GMT"), ("Host", "host.foo.com"),
            .. headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(header => header.Split('=', 2)).Select(pair => (pair[0], pair[1])),
        ];
        var request = new CanonicalRequest(method, new($"http://host.foo.com{address}"), signed, Encoding.UTF8.GetBytes(body));

        var header = new EscherSignature(HashAlgorithmName.SHA256, "AWS4", "us-east-1/host/aws4_request").Header("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", At, request);

        Assert.Equal($"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20110909/us-east-1/host/aws4_request, SignedHeaders={request.SignedHeaders}, Signature={signature}", header);
    }

    [Fact]
    public void Header_takes_the_prefix_and_the_names_of_headers_from_the_configuration()
    {
        var request = new CanonicalRequest(
            "POST", new("http://iam.amazonaws.com/"),
            [("X-Ems-Date", "20110909T233600Z"), ("Host", "iam.amazonaws.com"), ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            Encoding.UTF8.GetBytes("Action=ListUsers&Version=2010-05-08"));

        var header = new EscherSignature(HashAlgorithmName.SHA256, "EMS", "us-east-1/iam/aws4_request").Header("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", At, request);

        Assert.Equal(
            "EMS-HMAC-SHA256 Credential=AKIDEXAMPLE/20110909/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-ems-date, Signature=f36c21c6e16a71a6e8dc56673ad6354aeef49c577a22fd58a190b5fcf8891dbd",
            header);
    }
}
