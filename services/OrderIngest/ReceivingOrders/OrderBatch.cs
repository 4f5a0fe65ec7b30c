using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;
using ServiceDefaults.AnsweringProblems;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.ReceivingOrders;

/// <summary><c>POST /orders/batch</c>: any number of orders, read as they arrive. What was committed before a failure stays; sending it all again is harmless.</summary>
internal sealed class OrderBatch(
    JsonOrderReader json, CsvOrderReader csv, OrderIntake intake, [FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database, IOptions<OrderIngestOptions> options)
{
    private const string Origin = "POST /orders/batch";

    public async Task<IResult> Receive(HttpContext http, CancellationToken cancellationToken)
    {
        var isCsv = http.Request.HasContentType("text/csv");
        if (!isCsv && !http.Request.HasContentType("application/x-ndjson", "application/ndjson", "application/jsonl", "application/json", "application/json-seq"))
            return OrderEndpoints.WrongContentType("one order per line as application/x-ndjson, or a flat file as text/csv");
        var source = SourceGuard.Of(http);
        if (isCsv && source is null)
            return Results.Problem("A CSV file does not name its source: send an API key, or ?source=name where no key is required.", statusCode: 400, title: "Unknown source");
        // Each order has its own limit; a batch may be as long as it likes.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        // Asked first, so that a database that is away is answered at once and not after the whole upload.
        await database.RunPatiently(_ => Task.FromResult(true), cancellationToken);

        var inputs = isCsv
            ? csv.Read(new RecordReader(http.Request.Body, CsvOrderReader.LongestRow, quotes: true), source!, cancellationToken)
            : json.ReadLines(new RecordReader(http.Request.Body, options.Value.MaxOrderBytes, quotes: false), source, cancellationToken);
        var lines = new List<RejectedLine>();
        try
        {
            var counts = await intake.TakeIn(inputs.Within(SourceGuard.KeyOf(http)), Origin, null, List, null, cancellationToken);
            return Results.Ok(new BatchAnswer(counts.Accepted, counts.Duplicates, counts.Conflicts, counts.Rejected, counts.Skipped, lines));
        }
        catch (UnreadableHeaderException exception)
        {
            return Results.Problem(
                "Nothing was accepted.", statusCode: 400, title: "The header row cannot be understood", extensions: new Dictionary<string, object?> { [ProblemCodes.Member] = OrderProblems.HeaderNotUnderstood, ["faults"] = exception.Faults });
        }

        void List(ReadInput input, RejectionReason reason, Guid? orderId)
        {
            if (lines.Count < options.Value.MaxListedRejections)
                lines.Add(new(input.FirstRow, RejectionReasonText.Of(reason), orderId, input.Faults));
        }
    }
}
