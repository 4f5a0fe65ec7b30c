using System.Buffers;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;
using OrderIngest.RelayingOrders;
using ServiceDefaults.AnsweringProblems;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.ReceivingOrders;

/// <summary><c>POST /orders</c>.</summary>
internal sealed class SingleOrder(
    JsonOrderReader reader, OrderIntake intake, SharedJournalWrites writes, IJournal journal, [FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database,
    RelaySignal relay, OrderIngestMetrics metrics, IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<SingleOrder> log)
{
    private static readonly InputOrigin Origin = new("POST /orders", InputFormat.Json);

    public async Task<IResult> Receive(HttpContext http, CancellationToken cancellationToken)
    {
        if (!http.Request.HasContentType("application/json", "text/json"))
            return OrderEndpoints.WrongContentType("one order as application/json");
        if (await ReadBody(http, cancellationToken) is not { } body)
        {
            return Results.Problem(
                $"An order may have {options.Value.MaxOrderBytes} bytes at most ({OrderIngestOptions.Section}:{nameof(OrderIngestOptions.MaxOrderBytes)}); nothing of it was kept.",
                statusCode: StatusCodes.Status413PayloadTooLarge, title: "The order is too large", extensions: Code(OrderProblems.OrderTooLarge));
        }
        var source = SourceGuard.Of(http);
        var input = reader.Read(body, source);
        if (input.OtherSource)
            return SourceGuard.OtherSource(source!);
        if (input.Order is { } order && SourceGuard.KeyOf(http)?.Covers(order.StoreId) == false)
            return Refusals.OtherStore();
        if (input.Order is null)
        {
            await Keep(input, RejectionReason.Invalid, null, cancellationToken);
            metrics.Rejected(input.Source, 1);
            return Problem(StatusCodes.Status400BadRequest, "The order has faults", "Nothing was accepted; every fault is listed under faults.", input, null);
        }
        var entry = JournalEntry.Of(input.Order, time.GetUtcNow());
        var answer = await writes.Add(entry, cancellationToken);
        if (answer == JournalAnswer.Conflict)
        {
            await Keep(input, RejectionReason.ChangedAfterAcceptance, entry.OrderId, cancellationToken);
            metrics.Conflicts(input.Source, 1);
            LogMessages.Conflict(log, entry.OrderId, input.Source);
            return Problem(
                StatusCodes.Status409Conflict, "The order was accepted before with other content", "The first content stands; this one is kept for somebody to look at, under the reason changed-after-acceptance.",
                input, entry.OrderId);
        }
        if (answer == JournalAnswer.Accepted)
        {
            relay.Wake();
            metrics.Accepted(input.Source, [input.Order.StoreId]);
        }
        else
            metrics.Duplicates(input.Source, 1);
        return Results.Accepted($"/orders/{entry.OrderId:D}", new AcceptedOrder(entry.OrderId, answer == JournalAnswer.Duplicate));
    }

    private Task<bool> Keep(ReadInput input, RejectionReason reason, Guid? orderId, CancellationToken cancellationToken) => database.RunPatiently(
        async token =>
        {
            await journal.Keep([intake.Rejection(input, reason, orderId, Origin)], token);
            return true;
        },
        cancellationToken);

    private static IResult Problem(int status, string title, string detail, ReadInput input, Guid? orderId)
    {
        var more = Code(orderId is null ? OrderProblems.OrderInvalid : OrderProblems.ChangedAfterAcceptance);
        if (input.Faults.Count > 0)
            more["faults"] = input.Faults;
        if (orderId is not null)
            (more["reason"], more["orderId"]) = (RejectionReasonText.Of(RejectionReason.ChangedAfterAcceptance), orderId);
        return Results.Problem(detail, statusCode: status, title: title, extensions: more);
    }

    private static Dictionary<string, object?> Code(string code) => new() { [ProblemCodes.Member] = code };

    /// <summary>The whole body, or null when it is too large.</summary>
    private async Task<byte[]?> ReadBody(HttpContext http, CancellationToken cancellationToken)
    {
        var most = options.Value.MaxOrderBytes;
        if (http.Request.ContentLength > most)
            return null;
        while (true)
        {
            var read = await http.Request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length <= most && !read.IsCompleted)
            {
                http.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            var body = read.Buffer.Length <= most ? read.Buffer.ToArray() : null;
            // A reader left in the middle of a read costs the connection: the next request would need a new one.
            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
            return body;
        }
    }
}
