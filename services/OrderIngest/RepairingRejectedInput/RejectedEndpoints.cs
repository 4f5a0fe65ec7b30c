using Microsoft.AspNetCore.Http.Extensions;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>What was rejected, for operators and for the source itself: lists, counts, bytes, files for whoever makes the files.</summary>
internal static class RejectedEndpoints
{
    private const int LargestPage = 500, MostLayouts = 20;

    public static void MapRejected(this IEndpointRouteBuilder routes)
    {
        var rejected = routes.MapGroup("/rejected").First<OperatorGuard>().MapGuardedGroup().WithTags("Rejected input");

        rejected.MapGet("", List).WithName("GetRejected").WithSummary("Input that was not accepted, the newest first; a source sees its own.")
            .WithDescription("Open input unless state asks for other; next is the address of the next page. Faults never quote a value; the bytes are at /rejected/{id}.")
            .Produces<RejectedPage>();
        rejected.MapGet("/summary", Summarise).WithName("SummariseRejected").WithSummary("Rejected input in numbers: by reason, by kind of fault, by file.")
            .WithDescription("A kind of fault is what is wrong without the place, so that the same mistake in a thousand orders is one line.")
            .Produces<RejectedSummary>();
        rejected.MapGet("/faults.csv", Faults).WithName("GetRejectedFaults").WithSummary("The faults as a CSV file for whoever makes the files: row, field, what is wrong.")
            .WithDescription("Holds nothing of an order's content. The same filters as /rejected. What a spreadsheet would take for a formula is made text.")
            .Produces<string>(200, "text/csv");
        rejected.MapGet("/download", Download).WithName("DownloadRejected").WithSummary("The rejected orders as a file in their own format, to be corrected and sent again.")
            .WithDescription("A flat file has its header row once, JSON is one document per line, POSLog has one root. Holds personal data. When the filter fits more than one kind of file the answer is 400 and lists them.")
            .Produces<string>(200, "text/csv", "application/x-ndjson", "application/xml").ProducesProblem(404);
        rejected.MapGet("/{id:long}", Get).WithName("GetRejectedInput").WithSummary("One rejected input with its bytes, readable where they are text. Holds personal data.")
            .WithDescription("Where the input had to be edited, what was accepted instead stands beside it.")
            .Produces<RejectedDetail>().ProducesProblem(404);
        rejected.MapGet("/{id:long}/body", Body).WithName("GetRejectedBody").WithSummary("The bytes of one rejected input exactly as they came, to be edited and sent to /rejected/{id}/resubmit.")
            .WithDescription("Rows of a flat file stand behind the file's header row.")
            .Produces<string>(200, "text/csv", "application/json", "application/x-ndjson", "application/xml").ProducesProblem(404);

        rejected.MapRepairs();
    }

    /// <summary>404 for what is not there and for what is another source's alike.</summary>
    public static IResult NotFound(long id) => Results.Problem($"There is no rejected input {id} of this source.", statusCode: StatusCodes.Status404NotFound, title: "No such rejected input");

    /// <summary>400 for a filter that says nothing usable.</summary>
    public static IResult Wrong(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The filter is not understood");

    private static async Task<IResult> List([AsParameters] RejectedParameters asked, HttpContext http, RejectedInputs inputs, ConfiguredSources sources, CancellationToken cancellationToken)
    {
        var (filter, wrong) = asked.Read(http.Request, RejectedScope.Of(http), sources);
        if (filter is null)
            return Wrong(wrong!);
        var most = Math.Clamp(asked.Limit ?? 50, 1, LargestPage);
        // One more than asked for tells whether there is a next page.
        var found = await inputs.List(filter, RejectedPlace.Parse(asked.After), most + 1, oldestFirst: false, cancellationToken);
        var page = found.Take(most).ToList();
        return Results.Ok(new RejectedPage(page, found.Count > most ? Next(http.Request, page[^1].Place()) : null));
    }

    private static async Task<IResult> Summarise([AsParameters] RejectedParameters asked, HttpContext http, RejectedCounts counts, ConfiguredSources sources, CancellationToken cancellationToken)
    {
        var (filter, wrong) = asked.Read(http.Request, RejectedScope.Of(http), sources);
        if (filter is null || filter != new RejectedFilter { Source = filter.Source, State = filter.State })
            return Wrong(wrong ?? "the summary is filtered by source and state alone");
        return Results.Ok(await counts.Summarise(filter.Source, filter.State, cancellationToken));
    }

    private static async Task<IResult> Faults([AsParameters] RejectedParameters asked, HttpContext http, FaultList list, ConfiguredSources sources, CancellationToken cancellationToken)
    {
        var (filter, wrong) = asked.Read(http.Request, RejectedScope.Of(http), sources);
        if (filter is null)
            return Wrong(wrong!);
        await list.Write(http.Response, filter, cancellationToken);
        return Results.Empty;
    }

    private static async Task<IResult> Download(
        [AsParameters] RejectedParameters asked, HttpContext http, RejectedInputs inputs, CorrectableFile file, ConfiguredSources sources, CancellationToken cancellationToken)
    {
        var (filter, wrong) = asked.Read(http.Request, RejectedScope.Of(http), sources);
        if (filter is null)
            return Wrong(wrong!);
        var layouts = await inputs.Layouts(filter, MostLayouts, cancellationToken);
        if (layouts.Count == 0)
            return Results.Problem("Nothing that was rejected fits the filter.", statusCode: StatusCodes.Status404NotFound, title: "Nothing to download");
        if (layouts.Count > 1)
        {
            return Results.Problem(
                "The filter fits more than one kind of file: add source and layout of one of them.", statusCode: StatusCodes.Status400BadRequest, title: "More than one kind of file",
                extensions: new Dictionary<string, object?> { ["layouts"] = layouts });
        }
        await file.Write(http.Response, filter, layouts[0], cancellationToken);
        return Results.Empty;
    }

    private static async Task<IResult> Get(long id, HttpContext http, RejectedInputs inputs, ConfiguredSources sources, CancellationToken cancellationToken) =>
        await inputs.Load([id], RejectedScope.Of(http).Source, cancellationToken) is [var kept]
            ? Results.Ok(RejectedDetail.Of(kept, sources.Find(kept.Entry.Source)?.Encoding))
            : NotFound(id);

    private static async Task<IResult> Body(long id, HttpContext http, RejectedInputs inputs, CancellationToken cancellationToken)
    {
        if (await inputs.Load([id], RejectedScope.Of(http).Source, cancellationToken) is not [var kept])
            return NotFound(id);
        // Somebody else's bytes: a browser shall neither guess what they are nor show them as a page of ours.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var (type, ending) = CorrectableFile.KindOf(kept.Format);
        return Results.Bytes(kept.Raw, kept.Format == InputFormat.Json ? "application/json" : type, $"rejected-{id}.{(kept.Format == InputFormat.Json ? "json" : ending)}");
    }

    private static string Next(HttpRequest request, RejectedPlace last)
    {
        var query = new QueryBuilder(request.Query.Where(pair => !pair.Key.Equals("after", StringComparison.OrdinalIgnoreCase))
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? ""))) { { "after", last.ToString() } };
        return $"{request.PathBase}{request.Path}{query}";
    }
}
