using OrderIngest.GuardingSources;
using OrderIngest.RepairingRejectedInput;
using ServiceDefaults.AnsweringProblems;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.ReplayingOrders;

/// <summary>Routes for operators: what the journal holds, once more for one subscriber.</summary>
internal static class ReplayEndpoints
{
    private const int LargestPage = 500, FastestRate = 10_000;
    private static readonly string[] Unfinished = [ReplayState.Running, ReplayState.Paused, ReplayState.Failed];

    public static void MapReplays(this IEndpointRouteBuilder routes)
    {
        var replays = routes.MapGroup("/replays").First<OperatorGuard>().MapGuardedGroup().First<OperatorsOnly>().WithTags("Replays");

        replays.MapPost("", Post).WithName("PostReplay").WithSummary("Counts which orders a subscriber would get once more; confirmed, sends them to its queue alone.")
            .WithDescription("First without confirm: the answer tells how many orders there are and changes nothing. Then the same with its confirm and dryRun false. Nobody else gets anything; every message says that it is a replay.")
            .Produces<ReplayPreview>().Produces<ReplayReport>(StatusCodes.Status202Accepted).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415);
        replays.MapGet("", List).WithName("GetReplays").WithSummary("The latest replays, newest first.")
            .WithDescription("They are kept for good.").Produces<ReplayList>();
        replays.MapGet("/{id:guid}", Get).WithName("GetReplay").WithSummary("How far one replay is, how fast, and how long it will take.")
            .Produces<ReplayReport>().ProducesProblem(404);
        replays.MapPost("/{id:guid}/pause", Pause).WithName("PauseReplay").WithSummary("Stops a replay until it is resumed. What the subscriber has got, it has got.")
            .Produces<ReplayReport>().ProducesProblem(404).ProducesProblem(409);
        replays.MapPost("/{id:guid}/resume", Resume).WithName("ResumeReplay").WithSummary("Goes on with a replay that was paused, or that has failed, where it stopped.")
            .Produces<ReplayReport>().ProducesProblem(404).ProducesProblem(409);
        replays.MapPost("/{id:guid}/cancel", Cancel).WithName("CancelReplay").WithSummary("Ends a replay for good.")
            .Produces<ReplayReport>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> Post(
        ReplayRequest request, HttpContext http, ReplayPlan plan, IReplaySender sender, ReplayRunner runner, ConfiguredSources sources, ILogger<ReplayPlan> log, CancellationToken cancellationToken)
    {
        var (target, wrong) = ReplayTarget.Of(request, DeclaredTopology.Current);
        if (target is null)
            return Wrong(wrong!);
        (var filter, wrong) = ReplayFilter.Of(request with { Source = request.Source is null ? null : sources.Find(request.Source)?.Name ?? request.Source });
        if (filter is null)
            return Wrong(wrong!);
        if (request.OrdersPerSecond is < 1 or > FastestRate)
            return Wrong($"ordersPerSecond: is 1 to {FastestRate}");
        if (request.DryRun)
            return request.Confirm is null ? Results.Ok(await plan.Preview(target, filter, request.OrdersPerSecond, cancellationToken)) : Wrong("confirm: goes with dryRun false");
        if (request.Confirm is null)
            return Wrong("confirm: do a dry run first, and send what it answers under this name");
        if (ReplayConfirmation.Read(request.Confirm, target, filter) is not { } confirmed)
            return Wrong("confirm: is of another request; do a dry run of this one");

        if (await sender.Look(target.Queue, cancellationToken) is { NeedsSomebody: true } problem)
            return Refused(ReplayProblems.NoSuchQueue, "There is no such queue", $"Nothing was started: {problem.Says}.");
        var (replay, isNew) = await plan.Start(confirmed, target, filter, request.OrdersPerSecond, cancellationToken);
        if (replay is null)
            return Refused(ReplayProblems.ConfirmationOutdated, "The journal has changed", "The orders that were counted are not those of now. Nothing was started; do another dry run.");
        if (isNew)
            LogMessages.ReplayStarted(log, replay.Id, replay.Matched, target.Queue, target.Message, RejectedScope.Of(http).By);
        runner.Wake();
        return Results.Accepted($"/replays/{replay.Id:D}", ReplayReport.Of(replay));
    }

    private static async Task<IResult> List(Replays replays, CancellationToken cancellationToken, int limit = 50) =>
        Results.Ok(new ReplayList([.. (await replays.List(Math.Clamp(limit, 1, LargestPage), cancellationToken)).Select(ReplayReport.Of)]));

    private static async Task<IResult> Get(Guid id, Replays replays, CancellationToken cancellationToken) =>
        await replays.Find(id, cancellationToken) is { } replay ? Results.Ok(ReplayReport.Of(replay)) : NotFound(id);

    private static Task<IResult> Pause(Guid id, HttpContext http, Replays replays, ReplayRunner runner, ILogger<Replays> log, CancellationToken cancellationToken) =>
        Move(id, [ReplayState.Running], ReplayState.Paused, http, replays, runner, log, cancellationToken);

    private static Task<IResult> Resume(Guid id, HttpContext http, Replays replays, ReplayRunner runner, ILogger<Replays> log, CancellationToken cancellationToken) =>
        Move(id, [ReplayState.Paused, ReplayState.Failed], ReplayState.Running, http, replays, runner, log, cancellationToken);

    private static Task<IResult> Cancel(Guid id, HttpContext http, Replays replays, ReplayRunner runner, ILogger<Replays> log, CancellationToken cancellationToken) =>
        Move(id, Unfinished, ReplayState.Cancelled, http, replays, runner, log, cancellationToken);

    private static async Task<IResult> Move(
        Guid id, IReadOnlyList<string> from, string to, HttpContext http, Replays replays, ReplayRunner runner, ILogger<Replays> log, CancellationToken cancellationToken)
    {
        if (await replays.Move(id, from, to, cancellationToken) is { } moved)
        {
            LogMessages.ReplayMoved(log, id, to, RejectedScope.Of(http).By);
            runner.Wake();
            return Results.Ok(ReplayReport.Of(moved));
        }
        if (await replays.Find(id, cancellationToken) is not { } replay)
            return NotFound(id);
        // Asked for twice, done once.
        return replay.State == to ? Results.Ok(ReplayReport.Of(replay)) : Refused(ProblemCodes.Conflict, "The replay is over", $"It is {replay.State} and cannot become {to}.");
    }

    private static IResult Wrong(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The replay is not understood");

    private static IResult NotFound(Guid id) => Results.Problem($"There is no replay {id:D}.", statusCode: StatusCodes.Status404NotFound, title: "No such replay");

    private static IResult Refused(string code, string title, string detail) =>
        Results.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: title, extensions: new Dictionary<string, object?> { [ProblemCodes.Member] = code });
}
