using System.Text.Json;

namespace OdpStandIn.CheckingEvents;

/// <summary>The documented rules of an event whose type is <c>order</c>.</summary>
internal static class OrderRules
{
    private static readonly HashSet<string> Actions = ["purchase", "return", "refund", "cancel"];
    private static readonly HashSet<string> Amounts = ["total", "subtotal", "tax", "shipping", "discount"];
    private static readonly HashSet<string> AmountsOfItem = ["price", "quantity", "discount", "subtotal"];

    /// <summary>The first field that breaks a rule, and why; null when none does.</summary>
    public static (string Field, string Reason)? Fault(string action, JsonElement data, OdpStandInOptions options)
    {
        if (!Actions.Contains(action))
            return (".action", $"is none of {string.Join(", ", Actions)}");
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("order", out var order) || order.ValueKind != JsonValueKind.Object)
            return (".data.order", "is required and a JSON object");
        if (!EventRules.IsText(order, "order_id"))
            return (".data.order.order_id", "is required and a text that is not empty");
        foreach (var field in order.EnumerateObject())
        {
            var at = $".data.order.{field.Name}";
            var wrong = field.Name switch
            {
                "order_id" => null,
                "items" => ItemsFault(at, field.Value),
                "coupon_code" => field.Value.ValueKind == JsonValueKind.String ? null : (at, "is a text"),
                _ when Amounts.Contains(field.Name) => field.Value.ValueKind == JsonValueKind.Number ? null : (at, "is a number"),
                // A field that was never made is lost in silence there, or refused; nobody knows.
                _ => options.OrderFields.Contains(field.Name) ? null : ((string, string)?)(at, "is no field of this account"),
            };
            if (wrong is not null)
                return wrong;
        }
        return action is "purchase" or "return" && !order.TryGetProperty("items", out _) ? (".data.order.items", "is required where goods went either way") : null;
    }

    private static (string, string)? ItemsFault(string at, JsonElement items)
    {
        if (items.ValueKind != JsonValueKind.Array || items.GetArrayLength() == 0)
            return (at, "is an array that is not empty");
        foreach (var (index, item) in items.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.Object)
                return ($"{at}[{index}]", "is a JSON object");
            if (!EventRules.IsText(item, "product_id"))
                return ($"{at}[{index}].product_id", "is required and a text that is not empty");
            foreach (var field in item.EnumerateObject().Where(field => field.Name != "product_id"))
            {
                if (!AmountsOfItem.Contains(field.Name))
                    return ($"{at}[{index}].{field.Name}", "no custom fields in items");
                if (field.Value.ValueKind != JsonValueKind.Number)
                    return ($"{at}[{index}].{field.Name}", "is a number");
            }
        }
        return null;
    }
}
