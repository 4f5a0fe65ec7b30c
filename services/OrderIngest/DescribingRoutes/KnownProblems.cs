using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderIngest.GuardingSources;
using OrderIngest.ReceivingOrders;
using OrderIngest.ReplayingOrders;
using ServiceDefaults.AnsweringProblems;

namespace OrderIngest.DescribingRoutes;

/// <summary>Every code of a problem, for the document. The first of a status is what that status means where nobody says more.</summary>
internal static class KnownProblems
{
    public static IReadOnlyList<KnownProblem> All { get; } =
    [
        new(400, ProblemCodes.NotUnderstood, "The request was not understood", "A parameter or the request itself was not understood, or the named source is not configured. Nothing was kept."),
        new(400, Refusals.UnknownSource, "Unknown source", "The source that the request names is not configured."),
        new(400, OrderProblems.OrderInvalid, "The order has faults", "Every fault is listed under faults, those of rejected input that was read again under result; the input is kept with the rejected."),
        new(400, OrderProblems.HeaderNotUnderstood, "The header row cannot be understood", "Every fault is listed under faults; nothing was kept."),
        new(400, OrderProblems.BodyDamaged, "The body is damaged", "The packed bytes of a batch are damaged or cut off. What was read before is kept; taken says how much. Sending all of it again is harmless."),
        new(401, ProblemCodes.NoValidKey, "No valid API key", "No key, or one that is unknown or not valid now; or a request that should be signed and is not, or not rightly."),
        new(401, Refusals.SignatureMissing, "The request is not signed", "The source signs its requests, and this one is not signed."),
        new(401, Refusals.SignatureWrong, "The signature is not right", "The signature does not fit timestamp, method, path with query and body."),
        new(401, Refusals.OutsideWindow, "The request's time is not now", "The timestamp is too far from the time here, which serverTime tells."),
        new(403, ProblemCodes.Forbidden, "Forbidden", "The key is for another source, or for other stores."),
        new(403, Refusals.AnotherSource, "Another source's order", "The request names another source than the key."),
        new(403, Refusals.AnotherStore, "Another store's order", "The key is not for the order's store."),
        new(403, Refusals.KeyOfSomeStores, "A key for the whole source is needed", "The route is about all stores of the source, the key is not."),
        new(403, Refusals.OnlyOperators, "An operator's key is needed", "The route is about the orders of all sources: a source's key does not open it."),
        new(404, ProblemCodes.NotFound, "Not found", "There is no such thing, or it is another source's."),
        new(405, ProblemCodes.MethodNotAllowed, "Method Not Allowed", "The route has other methods, named in Allow."),
        new(409, ProblemCodes.Conflict, "Conflict", "It contradicts what is there: rejected input was repaired or dismissed before, or somebody is repairing it now."),
        new(409, OrderProblems.ChangedAfterAcceptance, "The order was accepted before with other content", "The first content stands; this one is kept with the rejected input."),
        new(409, ReplayProblems.ConfirmationOutdated, "The journal has changed", "The orders that were counted are not those of now. Nothing was started; do another dry run."),
        new(409, ReplayProblems.NoSuchQueue, "There is no such queue", "The broker has no queue of this name, or none that can be reached. Nothing was started; have the subscriber make it first."),
        new(413, ProblemCodes.TooLarge, "The body is too large", "The body is larger than the route takes. Nothing was kept."),
        new(413, OrderProblems.OrderTooLarge, "The order is too large", "The order is larger than OrderIngest:MaxOrderBytes. Nothing was kept."),
        new(413, OrderProblems.BatchTooLarge, "The batch is too large", "The batch is longer than OrderIngest:MaxBatchBytes, unpacked. What was read before is kept; taken says how much. Send the rest, or all of it, in parts."),
        new(415, ProblemCodes.UnsupportedContentType, "Unsupported content type", "The body's type, or the way it is packed, is none that the route takes; the detail says which it does."),
        new(429, ProblemCodes.TooManyRequests, "Too many requests", "Too many requests with this key, too many batches at once, or too many without a valid key from this address. Nothing was kept.", "1"),
        new(429, Refusals.TooManyBatches, "Too many batches at once", "The key has as many batches under way as it may.", "1"),
        new(500, ProblemCodes.Failed, "An error occurred while processing your request.", "A fault of the service. Sending it again is harmless."),
        new(503, ProblemCodes.Unavailable, "The database is not available", "The journal's database is away. Nothing was accepted; send it again.", "5"),
    ];

    /// <summary>What a status means in general, or null where it is no known problem.</summary>
    public static KnownProblem? First(int status) => All.FirstOrDefault(problem => problem.Status == status);

    /// <summary>An example of each code with this status that any route may answer with; the others are in the files of their routes.</summary>
    public static Dictionary<string, IOpenApiExample>? Examples(int status)
    {
        var examples = All.Where(problem => problem.Status == status && problem.IsGeneral)
            .ToDictionary(problem => problem.Code, problem => (IOpenApiExample)new OpenApiExample { Summary = problem.Title, Value = problem.Example() });
        return examples.Count > 0 ? examples : null;
    }
}

/// <summary>One code.</summary>
/// <param name="Status">HTTP status it comes with.</param>
/// <param name="Code">For programs.</param>
/// <param name="Title">As answered.</param>
/// <param name="Means">For the document.</param>
/// <param name="RetryAfter">Example of the header <c>Retry-After</c>, where it comes with it.</param>
internal sealed record KnownProblem(int Status, string Code, string Title, string Means, string? RetryAfter = null)
{
    /// <summary>Whether any route may answer with it: not so where it is about one order or file.</summary>
    public bool IsGeneral => Code is not (OrderProblems.OrderInvalid or OrderProblems.HeaderNotUnderstood or OrderProblems.BodyDamaged or OrderProblems.ChangedAfterAcceptance or OrderProblems.OrderTooLarge or OrderProblems.BatchTooLarge
        or Refusals.OnlyOperators or ReplayProblems.ConfirmationOutdated or ReplayProblems.NoSuchQueue);

    public JsonNode Example()
    {
        var example = new JsonObject { ["title"] = Title, ["status"] = Status, ["detail"] = Means, ["code"] = Code };
        // The framework knows a type for most statuses only.
        if (TypedResults.Problem(statusCode: Status).ProblemDetails.Type is { } type)
            example.Insert(0, "type", type);
        if (Code == Refusals.OutsideWindow)
            (example["serverTime"], example["serverTimeUtc"]) = (1795262400, "2026-11-21T12:00:00Z");
        return example;
    }
}
