using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RequestDecompression;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingFlatFiles;
using OrderIngest.ReadingOrders;
using ServiceDefaults.AnsweringProblems;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.ReceivingOrders;

/// <summary>
/// <c>POST /orders/batch</c>: any number of orders in any format, packed or not, read as they arrive. What was committed before a failure stays; sending it all again is
/// harmless.
/// </summary>
internal sealed class OrderBatch(
    OrderReaders readers, JsonOrderReader json, OrderIntake intake, IRequestDecompressionProvider decompression, [FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database,
    IOptions<OrderIngestOptions> options)
{
    private const string Origin = "POST /orders/batch", Encodings = "gzip, br, deflate";

    public async Task<IResult> Receive(HttpContext http, CancellationToken cancellationToken)
    {
        var source = SourceGuard.Of(http);
        var asked = http.Request.Query["format"].ToString();
        var named = asked.Length > 0 ? BatchFormats.Named(asked) : null;
        if (asked.Length > 0 && named is null)
            return Results.Problem($"format is one of {string.Join(", ", BatchFormats.Names)}.", statusCode: 400, title: "Unknown format");
        if (BatchFormats.Of(http.Request, named, source) is not { } format)
            return OrderEndpoints.WrongContentType(BatchFormats.RightFor(named));
        if (format != InputFormat.Json && source is null)
            return Results.Problem("Only our own JSON names its source: send an API key, or ?source=name where no key is required.", statusCode: 400, title: "Unknown source");
        if (Unpack(http) is not { } body)
        {
            http.Response.Headers.AcceptEncoding = Encodings;
            return Results.Problem($"Send the body as it is, or with one Content-Encoding of {Encodings}.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "Unsupported content encoding");
        }
        // The request's own stream is its server's.
        await using var packing = ReferenceEquals(body, http.Request.Body) ? null : body;
        var stream = new GuardedStream(body, options.Value.MaxBatchBytes);
        // Each order has its own limit, and the guard counts what comes out of the packing; what goes in cannot be much more.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.Value.MaxBatchBytes + 1024 * 1024;
        // Asked first, so that a database that is away is answered at once and not after the whole upload.
        await database.RunPatiently(_ => Task.FromResult(true), cancellationToken);

        var lines = new List<RejectedLine>();
        var taken = default(IntakeCounts);
        try
        {
            var counts = await intake.TakeIn(Inputs(stream, format, source, cancellationToken).Within(SourceGuard.KeyOf(http)), new(Origin, format), null, List, counts => taken = counts, cancellationToken);
            var answer = Answer(counts);
            return stream.End switch
            {
                StreamEnd.TooLong => TooLarge(answer),
                StreamEnd.Damaged => Cut(StatusCodes.Status400BadRequest, OrderProblems.BodyDamaged, "The body is damaged", "Its compressed bytes are damaged or cut off.", answer),
                _ => Results.Ok(answer),
            };
        }
        catch (UnreadableHeaderException exception)
        {
            return Results.Problem(
                "Nothing was accepted.", statusCode: 400, title: "The header row cannot be understood", extensions: new Dictionary<string, object?> { [ProblemCodes.Member] = OrderProblems.HeaderNotUnderstood, ["faults"] = exception.Faults });
        }
        catch (TooMuchUnpackedException)
        {
            return TooLarge(Answer(taken));
        }

        BatchAnswer Answer(IntakeCounts counts) => new(counts.Accepted, counts.Duplicates, counts.Conflicts, counts.Rejected, counts.Skipped, lines);

        void List(ReadInput input, RejectionReason reason, Guid? orderId)
        {
            if (lines.Count < options.Value.MaxListedRejections)
                lines.Add(new(input.FirstRow, RejectionReasonText.Of(reason), orderId, input.Faults));
        }
    }

    private IAsyncEnumerable<ReadInput> Inputs(GuardedStream stream, InputFormat format, Source? source, CancellationToken cancellationToken)
    {
        // Our own JSON may name the source itself, order by order.
        if (format == InputFormat.Json)
            return json.ReadLines(new RecordReader(stream, options.Value.MaxOrderBytes, quotes: false), source, cancellationToken);
        var inputs = readers.For(format).Read(stream, source!.As(format), new() { MostUnpacked = options.Value.MaxBatchBytes }, cancellationToken);
        return HalfOrders.MayBeUnnoticed(format) ? HalfOrders.Reject(inputs, stream, cancellationToken) : inputs;
    }

    /// <summary>The body unpacked, or null when it is packed in a way nobody here knows.</summary>
    private Stream? Unpack(HttpContext http) =>
        http.Request.Headers.ContentEncoding.Count == 0 || http.Request.Headers.ContentEncoding.ToString() is "identity" ? http.Request.Body : decompression.GetDecompressionStream(http);

    private IResult TooLarge(BatchAnswer taken) => Cut(
        StatusCodes.Status413PayloadTooLarge, OrderProblems.BatchTooLarge, "The batch is too large",
        $"A batch may have {options.Value.MaxBatchBytes} bytes at most, unpacked ({OrderIngestOptions.Section}:{nameof(OrderIngestOptions.MaxBatchBytes)}).", taken);

    private static IResult Cut(int status, string code, string title, string why, BatchAnswer taken) => Results.Problem(
        $"{why} What was read before is kept; sending all of it again is harmless.", statusCode: status, title: title, extensions: new Dictionary<string, object?> { [ProblemCodes.Member] = code, ["taken"] = taken });
}
