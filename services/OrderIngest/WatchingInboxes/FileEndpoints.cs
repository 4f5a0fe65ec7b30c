using OrderIngest.GuardingSources;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.WatchingInboxes;

/// <summary>Routes that tell what became of the inboxes' files.</summary>
internal static class FileEndpoints
{
    private const int MostListed = 500;

    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/files").First<OperatorGuard>().MapGuardedGroup().WithTags("Files");

        group.MapGet("", List)
            .WithName("GetFiles").WithSummary("Files of the inboxes, newest first; a source sees its own.")
            .WithDescription("One entry for each time a file was taken. `after` of the answer is what to ask for the next page with; null on the last one.")
            .Produces<FileList>();

        group.MapGet("/{id:long}", Find)
            .WithName("GetFile").WithSummary("How far one file is: state, counts, bytes read, first faults.")
            .Produces<InboxReport>().ProducesProblem(404);
    }

    private static async Task<IResult> List(
        HttpContext http, InboxFiles files, ConfiguredSources sources, [FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database, CancellationToken cancellationToken,
        string? source = null, string? state = null, long? after = null, int limit = 50)
    {
        if (state is not null && !InboxFileStateText.All.Contains(state))
            return Results.Problem($"state is one of {string.Join(", ", InboxFileStateText.All)}.", statusCode: StatusCodes.Status400BadRequest, title: "Unknown state");
        // The guard has seen to it that a source names nobody else; an operator may ask for one of all, also for one that is no longer configured.
        var only = SourceGuard.Of(http)?.Name ?? (string.IsNullOrEmpty(source) ? null : sources.Find(source)?.Name ?? source);
        if (only?.Contains('\0') == true)
            return Results.Problem("source contains a control character.", statusCode: StatusCodes.Status400BadRequest, title: "Unknown source");
        var most = Math.Clamp(limit, 1, MostListed);
        var found = await database.RunPatiently(token => files.List(only, state, after, most, token), cancellationToken);
        return Results.Ok(new FileList([.. found.Select(InboxReport.About)], found.Count == most ? found[^1].Id : null));
    }

    private static async Task<IResult> Find(
        long id, HttpContext http, InboxFiles files, [FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database, CancellationToken cancellationToken)
    {
        var file = await database.RunPatiently(token => files.Find(id, token), cancellationToken);
        // Another source's file is as good as none. An operator is no source.
        return file is null || SourceGuard.Of(http) is { } asking && !asking.Name.Equals(file.Source, StringComparison.OrdinalIgnoreCase)
            ? Results.Problem("There is no such file of this source.", statusCode: StatusCodes.Status404NotFound, title: "No such file")
            : Results.Ok(InboxReport.About(file));
    }
}

/// <summary>Files of the inboxes.</summary>
/// <param name="Files">Newest first.</param>
/// <param name="After">What to ask for the next page with; null on the last one.</param>
internal sealed record FileList(IReadOnlyList<InboxReport> Files, long? After);
