using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerResolution.TakingNotices;

/// <summary>A notice about somebody who is nobody.</summary>
internal static class WeakNotice
{
    /// <summary>422: understood, and of no use here.</summary>
    public static ProblemHttpResult Refused(string member) => TypedResults.Problem(
        $"{member}: is listed in Loyalty:WeakIdentifiers and identifies nobody", statusCode: 422, title: "That is nobody's own");
}
