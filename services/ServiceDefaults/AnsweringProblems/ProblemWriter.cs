using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.AnsweringProblems;

/// <summary>
/// Writes every problem as problem+json with its <c>code</c>, whatever the request said it accepts: the framework's own writer answers a client that asks for XML or
/// HTML with an empty body.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    private const string ContentType = "application/problem+json";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        var status = problem.Status ??= http.Response.StatusCode;
        // Making a result of it fills in the standard's title and type where nobody gave others.
        _ = TypedResults.Problem(problem);
        problem.Extensions.TryAdd(ProblemCodes.Member, ProblemCodes.Of(status));
        problem.Extensions.TryAdd("traceId", Activity.Current?.Id ?? http.TraceIdentifier);
        await http.Response.WriteAsJsonAsync(problem, options: null, ContentType, http.RequestAborted);
    }
}
