using System.Text.Json;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using OrderJourney.AnsweringQuestions;
using OrderJourney.Journey;
using OrderJourney.StoringJourneys;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.ClaimingReceipts;

/// <summary>Customer service attaches a receipt to a customer. The body is read here and not by the framework, so that the key is looked at first.</summary>
internal static class ClaimRoute
{
    internal const int MostBytes = 4096;

    public static void MapClaims(this RouteGroupBuilder journeys) => journeys.MapPost("/{orderId:guid}/claim", Take).WithName("ClaimJourney");

    private static async Task<IResult> Take(
        Guid orderId, HttpRequest request, IJourneyTable table, OwnQueue own, TimeProvider time,
        [FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
            return Results.Problem("Send application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "Unsupported content type");
        var (bytes, isWhole) = await ReadBounded(request, cancellationToken);
        if (!isWhole)
            return Results.Problem($"A claim may have {MostBytes} bytes at most.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "The claim is too large");
        var (claim, fault) = Read(bytes);
        if (claim is null || fault is not null)
            return Results.Problem(fault, statusCode: StatusCodes.Status400BadRequest, title: "The claim was not understood");

        var found = await database.RunPatiently(token => table.Load([orderId], token), cancellationToken);
        if (!found.TryGetValue(orderId, out var journey))
            return JourneyEndpoints.NoJourney(orderId);
        if (journey.IsErased())
            return Results.Problem("What was known of it is gone for good.", statusCode: StatusCodes.Status409Conflict, title: "The order's customer was erased");
        if (journey.IsTracked())
            return Results.Problem("It stays with whom it was tracked for.", statusCode: StatusCodes.Status409Conflict, title: "The order is tracked already");
        var stated = new CustomerStated
        {
            OrderId = orderId,
            Hint = new CustomerHint { Email = claim.Email?.Trim(), LoyaltyCard = claim.Card?.Trim() },
            From = CustomerOrigin.Claim,
            StatedAt = time.GetUtcNow(),
        };
        return await own.Tell(stated, orderId, cancellationToken)
            ? Results.Accepted($"/journeys/{orderId}")
            : JourneyEndpoints.BrokerAway();
    }

    internal static async Task<(ReadOnlyMemory<byte> Bytes, bool IsWhole)> ReadBounded(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MostBytes)
            return (default, false);
        var buffer = new byte[MostBytes + 1];
        var read = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return (buffer.AsMemory(0, read), read <= MostBytes);
    }

    private static (Claim? Claim, string? Fault) Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var claim = JsonSerializer.Deserialize<Claim>(bytes.Span, JsonSerializerOptions.Web);
            return (claim, claim is null ? "Send an object with email or card." : claim.Fault());
        }
        catch (JsonException exception)
        {
            // The exception's text may quote the body. Its path names one of our members, or what somebody wrote.
            return (null, exception.Path switch
            {
                "$.email" => "email: is no text",
                "$.card" => "card: is no text",
                _ => "The body is no JSON object with email or card.",
            });
        }
    }
}
