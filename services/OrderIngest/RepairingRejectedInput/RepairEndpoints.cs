using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;
using OrderIngest.ReceivingOrders;
using ServiceDefaults.AnsweringProblems;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Repairing rejected input: look what would pass, take in what passes, put away what needs no repair.</summary>
internal static class RepairEndpoints
{
    private const int LongestWhy = 500, MovedAtATime = 1000;

    public static void MapRepairs(this RouteGroupBuilder rejected)
    {
        rejected.MapPost("/preview", Preview).WithName("PreviewRejected").WithSummary("Tells which of many rejected inputs would be accepted now, which not, and why. Writes nothing.")
            .WithDescription("The same as /rejected/resubmit with dryRun.")
            .Produces<RepairReport>().ProducesProblem(413).ProducesProblem(415);
        rejected.MapPost("/resubmit", Many).WithName("ResubmitRejected").WithSummary("Reads many rejected inputs again, by ids or by a filter, and accepts those that pass.")
            .WithDescription("The rest stays open, with today's faults. Stopped half-way, what was done stays done; sending it again goes on.")
            .Produces<RepairReport>().ProducesProblem(413).ProducesProblem(415);
        rejected.MapPost("/{id:long}/resubmit", One).WithName("ResubmitRejectedInput").WithSummary("Reads one rejected input again and accepts it when it passes: as it came, or with an edited body.")
            .WithDescription("Without a body the kept bytes are read with today's configuration. With one, in the format it came in or as JSON in the shape of POST /orders, that is read instead and the kept bytes stay beside it. dryRun=true tells what would come of it and writes nothing.")
            .Accepts<string>(isOptional: true, "text/csv", "application/json", "application/x-ndjson", "application/xml", "text/xml")
            .Produces<RepairResult>().Produces<RepairResult>(StatusCodes.Status202Accepted)
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415);
        rejected.MapPost("/dismiss", Dismiss).WithName("DismissRejected").WithSummary("Says of rejected inputs that they need no repair, and why: a corrected file came, or they were no orders.")
            .WithDescription("They stay readable until OrderIngest:KeepRepairedFor is over. The same bytes coming again do not open them again.")
            .Produces<MovedInputs>().ProducesProblem(413).ProducesProblem(415);
        rejected.MapPost("/reopen", Reopen).WithName("ReopenRejected").WithSummary("Opens dismissed inputs again.")
            .WithDescription("What was resubmitted stays so: its order is on its way.")
            .Produces<MovedInputs>().ProducesProblem(413).ProducesProblem(415);
    }

    private static async Task<IResult> One(
        long id, bool? dryRun, HttpContext http, Resubmission resubmission, RejectedInputs inputs, IOptions<OrderIngestOptions> options, CancellationToken cancellationToken)
    {
        var scope = RejectedScope.Of(http);
        // Before the body, so that nobody learns from its answer that another source's input is there.
        if (await inputs.Load([id], scope.Source, cancellationToken) is not [var kept])
            return RejectedEndpoints.NotFound(id);
        var most = options.Value.MaxOrderBytes;
        if (await BoundedBody.Read(http.Request, most, cancellationToken) is not { } bytes)
            return Results.Problem($"An edited body may have {most} bytes at most.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "The body is too large");
        EditedBody? edited = null;
        if (bytes.Length > 0)
        {
            if (FormatOf(http.Request, kept.Format) is not { } format)
                return OrderEndpoints.WrongContentType($"the edited body as {CorrectableFile.KindOf(kept.Format).Type}, the format it came in, or one order as application/json; or no body, to read the kept one again");
            edited = EditedBody.Of(bytes, format, MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) ? type.CharSet : null);
            if (edited is null)
                return OrderEndpoints.WrongContentType("a body whose bytes are in the charset that its content type states, or none: then it is in the encoding of the kept one");
        }
        return await resubmission.One(id, edited, scope, dryRun ?? false, cancellationToken) is { } result ? Answer(result, dryRun ?? false) : RejectedEndpoints.NotFound(id);
    }

    private static Task<IResult> Many(RejectedSelection selection, HttpContext http, Resubmission resubmission, ConfiguredSources sources, CancellationToken cancellationToken) =>
        Run(selection, selection.DryRun, http, resubmission, sources, cancellationToken);

    private static Task<IResult> Preview(RejectedSelection selection, HttpContext http, Resubmission resubmission, ConfiguredSources sources, CancellationToken cancellationToken) =>
        Run(selection, dryRun: true, http, resubmission, sources, cancellationToken);

    private static async Task<IResult> Run(
        RejectedSelection selection, bool dryRun, HttpContext http, Resubmission resubmission, ConfiguredSources sources, CancellationToken cancellationToken)
    {
        var scope = RejectedScope.Of(http);
        if (Incomplete(selection.Ids, selection.Filter) is { } missing)
            return RejectedEndpoints.Wrong(missing);
        if (selection.Limit is < 0 or > RejectedSelection.MostIds)
            return RejectedEndpoints.Wrong($"limit: is 0 to {RejectedSelection.MostIds}");
        var (filter, wrong) = RejectedParameters.Read(selection.Filter ?? new(), RejectedState.Open, null, scope, sources);
        return filter is null ? RejectedEndpoints.Wrong(wrong!) : Results.Ok(await resubmission.Run(selection.Ids, filter, scope, dryRun, selection.Limit, cancellationToken));
    }

    private static Task<IResult> Dismiss(DismissedSelection selection, HttpContext http, Dismissal dismissal, ConfiguredSources sources, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(selection.Why) || selection.Why.Length > LongestWhy || selection.Why.Any(char.IsControl)
            ? Task.FromResult(RejectedEndpoints.Wrong($"why: say in up to {LongestWhy} characters on one line why they need no repair"))
            : Move(selection, RejectedState.Open, RejectedState.Dismissed, http, dismissal, sources, cancellationToken);

    private static Task<IResult> Reopen(DismissedSelection selection, HttpContext http, Dismissal dismissal, ConfiguredSources sources, CancellationToken cancellationToken) =>
        Move(selection with { Why = null }, RejectedState.Dismissed, RejectedState.Open, http, dismissal, sources, cancellationToken);

    private static async Task<IResult> Move(
        DismissedSelection selection, RejectedState from, RejectedState to, HttpContext http, Dismissal dismissal, ConfiguredSources sources, CancellationToken cancellationToken)
    {
        var scope = RejectedScope.Of(http);
        if (Incomplete(selection.Ids, selection.Filter) is { } missing)
            return RejectedEndpoints.Wrong(missing);
        if (selection.Filter == new SelectionFilter())
            return RejectedEndpoints.Wrong("filter: say which; everything at once is not dismissed or opened again");
        var (filter, wrong) = RejectedParameters.Read(selection.Filter ?? new(), from, null, scope, sources);
        return filter is null ? RejectedEndpoints.Wrong(wrong!) : Results.Ok(new MovedInputs(await dismissal.Run(selection.Ids, filter, to, selection.Why, scope, MovedAtATime, cancellationToken)));
    }

    private static string? Incomplete(IReadOnlyList<long>? ids, SelectionFilter? filter) =>
        ids is null == (filter is null) ? "say which: either ids or filter" : ids?.Count > RejectedSelection.MostIds ? $"ids: are more than {RejectedSelection.MostIds}; take a filter" : null;

    /// <summary>What an edited body is, by its content type; null for one that does not fit.</summary>
    private static InputFormat? FormatOf(HttpRequest request, InputFormat? kept)
    {
        var type = CorrectableFile.KindOf(kept).Type;
        if (request.HasContentType(type) || type == "application/xml" && request.HasContentType("text/xml"))
            return kept;
        // JSON of whichever kind the source sends, or else our own.
        return request.HasContentType("application/json", "text/json") ? type == "application/x-ndjson" ? kept : InputFormat.Json : null;
    }

    private static IResult Answer(RepairResult result, bool dryRun)
    {
        var passed = result.Outcome is "accepted" or "duplicate";
        if (dryRun || result.Outcome == RepairOutcomeText.Of(RepairOutcome.NoOrder))
            return Results.Ok(result);
        if (passed)
            return Results.Accepted($"/orders/{result.OrderIds[0]:D}", result);
        var (status, code, title, detail) = result.Outcome == RepairOutcomeText.Of(RepairOutcome.Rejected)
            ? (StatusCodes.Status400BadRequest, OrderProblems.OrderInvalid, "It still has faults", "Nothing was accepted; every fault is listed under result.")
            : result.Outcome == RepairOutcomeText.Of(RepairOutcome.Conflict)
                ? (StatusCodes.Status409Conflict, OrderProblems.ChangedAfterAcceptance, "The sale was accepted before with other content", result.Says)
                : (StatusCodes.Status409Conflict, ProblemCodes.Conflict, "It is not open", result.Says);
        return Results.Problem(detail, statusCode: status, title: title, extensions: new Dictionary<string, object?> { [ProblemCodes.Member] = code, ["result"] = result });
    }
}
