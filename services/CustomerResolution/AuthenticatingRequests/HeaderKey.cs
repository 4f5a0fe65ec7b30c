using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>Sends the same in a header with every request.</summary>
internal sealed class HeaderKey(string header, string value) : RequestAuthentication
{
    public override ValueTask<LookupFailure?> Authenticate(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
        return new((LookupFailure?)null);
    }
}
