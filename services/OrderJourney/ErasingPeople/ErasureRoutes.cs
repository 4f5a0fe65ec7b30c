using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Contracts.CustomerResolution;
using Contracts.OrderJourney;
using OrderJourney.ClaimingReceipts;
using ServiceDefaults.GuardingAccess;

namespace OrderJourney.ErasingPeople;

/// <summary>Erases people, and tells how far that is. The body is read here and not by the framework, so that the key is looked at first.</summary>
internal static class ErasureRoutes
{
    private const int LargestPage = 500;

    public static void MapErasures(this IEndpointRouteBuilder routes)
    {
        var erasures = routes.MapGroup("/erasures").RequireErasureKey();
        erasures.MapPost("", Begin).WithName("BeginErasure");
        erasures.MapGet("", List).WithName("ListErasures");
        erasures.MapGet("/{erasureId:guid}", Get).WithName("GetErasure");
        erasures.MapDelete("/{erasureId:guid}", GiveUp).WithName("GiveUpErasure");
        erasures.MapPost("/{erasureId:guid}/parties/{party}/done", DoneByHand).WithName("ErasureDoneByHand");
    }

    private static async Task<IResult> Begin(HttpRequest request, ErasureTables tables, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
            return Results.Problem("Send application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "Unsupported content type");
        var (bytes, isWhole) = await ClaimRoute.ReadBounded(request, cancellationToken);
        if (!isWhole)
            return Results.Problem($"A request may have {ClaimRoute.MostBytes} bytes at most.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "The request is too large");
        var (wanted, fault) = Read(bytes);
        if (wanted is null || fault is not null)
            return Results.Problem(fault, statusCode: StatusCodes.Status400BadRequest, title: "The request was not understood");
        var email = wanted.Email is { } typed ? CustomerKey.Normal(typed) : null;
        var card = wanted.Card?.Trim();
        var person = email is not null ? CustomerKey.Of(email) : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"as given:{card}")));
        var erasure = await tables.Begin(Guid.NewGuid(), person, email, card, wanted.Reason?.Trim(), time.GetUtcNow(), cancellationToken);
        return Results.Accepted($"/erasures/{erasure.Id}", await View(erasure, tables, cancellationToken));
    }

    private static async Task<IResult> Get(Guid erasureId, ErasureTables tables, CancellationToken cancellationToken) =>
        await tables.Find(erasureId, cancellationToken) is { } erasure ? Results.Ok(await View(erasure, tables, cancellationToken)) : NoErasure();

    private static async Task<IResult> List(ErasureTables tables, int? limit, CancellationToken cancellationToken)
    {
        var views = new List<ErasureView>();
        foreach (var erasure in await tables.Newest(Math.Clamp(limit ?? 50, 1, LargestPage), cancellationToken))
            views.Add(await View(erasure, tables, cancellationToken));
        return Results.Ok(new ErasurePage(views));
    }

    private static async Task<IResult> GiveUp(Guid erasureId, ErasureTables tables, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await tables.Find(erasureId, cancellationToken) is not { } erasure)
            return NoErasure();
        var now = time.GetUtcNow();
        if (erasure.State != Erasure.Done)
            await tables.Save(
                erasure with { State = Erasure.Done, Says = "given up by an operator; what was erased by then stays erased", Email = null, Cards = [], NextAt = null, FinishedAt = now }, now, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> DoneByHand(Guid erasureId, string party, ErasureTables tables, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await tables.Find(erasureId, cancellationToken) is not { } erasure)
            return NoErasure();
        if ((await tables.Parties(erasureId, cancellationToken)).FirstOrDefault(one => one.Party == party) is not { State: "byHand" })
            return Results.Problem("Only a part that waits for a person can be said to be done.", statusCode: StatusCodes.Status409Conflict, title: "That part does not wait for a person");
        var answer = new PersonErased
        {
            ErasureId = erasureId,
            Round = erasure.Round,
            Party = party,
            State = ErasureState.Done,
            Rows = 0,
            AnsweredAt = time.GetUtcNow(),
            Detail = "done by hand",
        };
        await tables.Note(answer, time.GetUtcNow(), cancellationToken);
        return Results.Accepted($"/erasures/{erasureId}");
    }

    private static async Task<ErasureView> View(Erasure erasure, ErasureTables tables, CancellationToken cancellationToken) =>
        ErasureView.Of(erasure, await tables.CountOrders(erasure.Id, cancellationToken), await tables.Parties(erasure.Id, cancellationToken));

    private static IResult NoErasure() => Results.Problem("GET /erasures lists them.", statusCode: StatusCodes.Status404NotFound, title: "No such erasure");

    private static (ErasureRequest? Request, string? Fault) Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var request = JsonSerializer.Deserialize<ErasureRequest>(bytes.Span, JsonSerializerOptions.Web);
            return (request, request is null ? "Send an object with email or card." : request.Fault());
        }
        catch (JsonException)
        {
            // Its text may quote the body.
            return (null, "The body is no JSON object with email, card and reason as texts.");
        }
    }
}
