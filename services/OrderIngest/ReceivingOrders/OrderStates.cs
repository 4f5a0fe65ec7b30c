using System.Text.Json.Nodes;
using OrderIngest.GuardingSources;
using OrderIngest.JournalingOrders;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.ReceivingOrders;

/// <summary>Answers where an order is, without saying anything about a person.</summary>
internal sealed class OrderStates(IJournal journal, [FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database)
{
    public async Task<IResult> Find(Guid orderId, Source? asking, SourceKey? key, CancellationToken cancellationToken)
    {
        var order = await database.RunPatiently(token => journal.Find(orderId, token), cancellationToken);
        var shown = order is null ? null : JsonNode.Parse(order.Body)?["order"]?.DeepClone();
        // Another source's order, or another store's, is as good as none: its existence is nobody else's business.
        if (order is null || asking is not null && !asking.Name.Equals(order.Source, StringComparison.OrdinalIgnoreCase) || key?.Covers((string?)shown?["storeId"]) == false)
            return Results.Problem("The journal has no such order of this source.", statusCode: StatusCodes.Status404NotFound, title: "No such order");
        var state = order.AcknowledgedAt is not null ? "acknowledged" : order.PublishedAt is not null ? "published" : "journaled";
        (shown as JsonObject)?.Remove("customer");
        return Results.Ok(new OrderState(order.OrderId, state, order.ReceivedAt, order.PublishedAt, order.AcknowledgedAt, shown));
    }
}
