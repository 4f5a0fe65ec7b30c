using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerResolution.TakingNotices;

/// <summary>Publishes what a notice says, within a bound: there is no database here, so only the broker's confirm makes "accepted" true.</summary>
internal sealed class NoticePublisher(IBus bus, TimeProvider time, ILogger<NoticePublisher> log)
{
    /// <summary>How long the sender waits at most.</summary>
    internal static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    /// <summary>Publishes an event; gives 503 when the broker does not confirm it.</summary>
    public Task<ProblemHttpResult?> Publish<T>(T message, HttpContext http, CancellationToken cancellationToken)
        where T : class => Confirmed(token => bus.Publish(message, token), http, cancellationToken);

    /// <summary>Publishes an event once another is confirmed, both within the bound.</summary>
    public Task<ProblemHttpResult?> Publish<TFirst, TThen>(TFirst first, TThen then, HttpContext http, CancellationToken cancellationToken)
        where TFirst : class
        where TThen : class
    {
        return Confirmed(Both, http, cancellationToken);

        async Task Both(CancellationToken token)
        {
            await bus.Publish(first, token);
            await bus.Publish(then, token);
        }
    }

    private async Task<ProblemHttpResult?> Confirmed(Func<CancellationToken, Task> publish, HttpContext http, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Bound, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await publish(either.Token).WaitAsync(either.Token);
            return null;
        }
        // Whatever kind of failure it is, the sender has the notice and can repeat it; the log says which.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            log.NoticeNotPublished(exception is OperationCanceledException ? "the broker did not confirm in time" : $"the broker does not take it: {exception.GetBaseException().GetType().Name}");
            http.Response.Headers.RetryAfter = "5";
            return TypedResults.Problem("Nothing was accepted; send it again in a few seconds.", statusCode: 503, title: "The broker is not available");
        }
    }
}
