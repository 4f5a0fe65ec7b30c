using System.Text.Json;
using System.Text.Json.Nodes;
using Contracts.OrderIngest;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.TryingFormats;

/// <summary>An order as one line of JSON that <c>POST /orders</c> takes as it is.</summary>
internal static class PostedOrder
{
    /// <param name="order">As a reader read it.</param>
    /// <param name="withSource">False for an order of no configured source: then the key or the query says whose it is.</param>
    public static string Of(Order order, bool withSource)
    {
        var json = JsonSerializer.SerializeToNode(order, PlainJson.Options)!.AsObject();
        if (!withSource)
            json.Remove("source");
        // Ids follow from the keys; whoever posts need not know them.
        if (json.Remove("exchangeOrderId"))
            json.Add("exchange", true);
        (json["originalReceipt"] as JsonObject)?.Remove("orderId");
        return json.ToJsonString(PlainJson.Options);
    }
}
