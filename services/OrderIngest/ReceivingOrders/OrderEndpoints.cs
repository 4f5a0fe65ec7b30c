using OrderIngest.GuardingSources;

namespace OrderIngest.ReceivingOrders;

/// <summary>The routes of this service.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGuardedGroup().WithTags("Orders");

        orders.MapPost("/orders", (HttpContext http, SingleOrder single, CancellationToken cancellationToken) => single.Receive(http, cancellationToken))
            .WithMetadata(new RouteTraits(JudgesStores: true)).WithName("PostOrder").WithSummary("Takes one order; 202 once it is written down.")
            .Accepts<SubmittedOrder>("application/json")
            .Produces<AcceptedOrder>(StatusCodes.Status202Accepted)
            .ProducesProblem(409).ProducesProblem(413).ProducesProblem(415);

        orders.MapPost("/orders/batch", (HttpContext http, OrderBatch batch, CancellationToken cancellationToken) => batch.Receive(http, cancellationToken))
            .WithMetadata(new RouteTraits(JudgesStores: true, TakesBatches: true)).WithName("PostOrders").WithSummary("Takes a stream of orders in any format, packed or not; each is judged alone.")
            .WithDescription(
                "The content type says whether the body is JSON, CSV or XML; the source's format, or `format`, says which kind of it. Packed with a Content-Encoding of gzip, br or deflate, or not. " +
                "Orders are written while the body arrives: where it breaks off, is damaged or too large, what was read before stays, and sending it all again is harmless.")
            // Described and not enforced by routing, whose 415 would not say what is right.
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.RequestBody = BatchFormats.Described();
                (operation.Parameters ??= []).Insert(0, BatchFormats.Parameter());
                return Task.CompletedTask;
            })
            .Produces<BatchAnswer>()
            .ProducesProblem(413).ProducesProblem(415);

        orders.MapGet("/orders/{orderId:guid}", (Guid orderId, HttpContext http, OrderStates states, CancellationToken cancellationToken) => states.Find(orderId, SourceGuard.Of(http), SourceGuard.KeyOf(http), cancellationToken))
            .WithMetadata(new RouteTraits(JudgesStores: true)).WithName("GetOrder").WithSummary("Where an order is; a source sees its own.")
            .Produces<OrderState>().ProducesProblem(404);
    }

    /// <summary>True when the request says that its body is one of these types.</summary>
    public static bool HasContentType(this HttpRequest request, params string[] types)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        return types.Contains(type, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>415, with what would have been right.</summary>
    public static IResult WrongContentType(string right) =>
        Results.Problem($"Send {right}.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "Unsupported content type");
}
