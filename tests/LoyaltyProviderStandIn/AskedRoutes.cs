using System.Globalization;

namespace LoyaltyProviderStandIn;

/// <summary>What all routes of one provider have in common: requests are counted, go wrong on request, and must prove who sent them.</summary>
internal sealed class AskedRoutes(IManners manners, Faults faults, RequestLog log, TimeProvider time)
{
    public async Task Answer(HttpContext http, string asked, Func<IResult> truth)
    {
        var entry = log.Begin(manners.Name, asked);
        int? status = null;
        try
        {
            var fault = faults.Take(manners.Name);
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
                : fault?.Status is { } told ? manners.Refuse(http.Response, told)
                : manners.Knows(http.Request) ? truth()
                : manners.Refuse(http.Response, StatusCodes.Status401Unauthorized);
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
}
