using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>Sends the key in a query parameter.</summary>
internal sealed class QueryKey(string parameter, string key) : RequestAuthentication
{
    public override ValueTask<LookupFailure?> Authenticate(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        AddTo(request, parameter, key);
        return new((LookupFailure?)null);
    }

    /// <summary>Puts the parameter behind those that are there.</summary>
    public static void AddTo(HttpRequestMessage request, string parameter, string key)
    {
        var address = request.RequestUri!;
        request.RequestUri = new Uri($"{address.AbsoluteUri}{(address.Query.Length > 0 ? '&' : '?')}{Uri.EscapeDataString(parameter)}={Uri.EscapeDataString(key)}");
    }
}
