using System.Security.Cryptography;
using System.Text;

namespace LoyaltyProviderStandIn;

/// <summary>The plain provider's and the web shop's: a key in a header, an error object.</summary>
internal sealed class PlainManners(string name, string apiKey) : IManners
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(apiKey);

    public string Name => name;

    public bool Knows(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[LoyaltyProvider.ApiKeyHeader].ToString()), _key);

    public IResult Refuse(HttpResponse response, int status) => status == StatusCodes.Status401Unauthorized
        ? LoyaltyProvider.Error(status, "unauthorised", $"send a valid key in the header {LoyaltyProvider.ApiKeyHeader}")
        : LoyaltyProvider.Error(status, "told_to", "this answer was asked for");
}
