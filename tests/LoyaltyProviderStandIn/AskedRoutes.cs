using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LoyaltyProviderStandIn;

/// <summary>What all routes with one key have in common: requests are counted, go wrong on request, and need the key.</summary>
internal sealed class AskedRoutes(string name, string apiKey, Faults faults, RequestLog log, TimeProvider time)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(apiKey);

    public async Task Answer(HttpContext http, string card, Func<IResult> truth)
    {
        var entry = log.Begin(name, card);
        int? status = null;
        try
        {
            var fault = faults.Take(name);
            if (fault?.Delay is { } delay)
                await Task.Delay(delay, time, http.RequestAborted);
            if (fault is { Drop: true })
            {
                http.Abort();
                return;
            }
            if (fault?.RetryAfter is { } seconds)
                http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            var answer = fault is { Malformed: true } ? Results.Text("{\"customerId\":\"M-1\",\"email\":\"", "application/json")
                : fault?.Status is { } told ? LoyaltyProvider.Error(told, "told_to", "this answer was asked for")
                : HasKey(http) ? truth()
                : LoyaltyProvider.Error(401, "unauthorised", $"send a valid key in the header {LoyaltyProvider.ApiKeyHeader}");
            await answer.ExecuteAsync(http);
            status = http.Response.StatusCode;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client hung up during the delay: nobody is left to answer.
        }
        finally
        {
            log.End(entry, status);
        }
    }

    private bool HasKey(HttpContext http) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers[LoyaltyProvider.ApiKeyHeader].ToString()), _key);
}
