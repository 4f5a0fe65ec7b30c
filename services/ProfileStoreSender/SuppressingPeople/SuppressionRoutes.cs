using System.Text.Json;
using Contracts.CustomerResolution;
using Dapper;
using ProfileStoreSender.KeepingConsents;
using ProfileStoreSender.KeepingTheLedger;
using ServiceDefaults.GuardingAccess;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.SuppressingPeople;

/// <summary>The suppression list, for operators who may erase. It holds hashes of addresses; the body is read here, so that the key is looked at first.</summary>
internal static class SuppressionRoutes
{
    private const int MostBytes = 4096;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var suppressions = routes.MapGroup("/suppressions").RequireErasureKey();
        suppressions.MapPost("", Add);
        suppressions.MapGet("/{customerKey}", Get);
        suppressions.MapDelete("/{customerKey}", Lift);
    }

    private static async Task<IResult> Add(HttpRequest request, Consents consents, TimeProvider time, ILogger<Consents> log, CancellationToken cancellationToken)
    {
        if (await Email(request, cancellationToken) is not { } email)
            return Results.Problem($"Send application/json of up to {MostBytes} bytes: an object with email, an e-mail address.", statusCode: StatusCodes.Status400BadRequest, title: "The request was not understood");
        var key = CustomerKey.Of(email);
        var since = time.GetUtcNow();
        await consents.Remember(new(key, SuppressionReason.OnSuppressionList, false, since), cancellationToken);
        LogMessages.SuppressionListChanged(log, "one added");
        return Results.Created($"/suppressions/{key}", new Suppression(key, LedgerText.Of(SuppressionReason.OnSuppressionList), since));
    }

    private static async Task<IResult> Get(string customerKey, [FromKeyedServices(ProfileStoreSenderService.Name)] ServiceDatabase database, CancellationToken cancellationToken) =>
        await Find(customerKey, database, cancellationToken) is { Count: > 0 } reasons ? Results.Ok(new SuppressionReasons(customerKey, reasons)) : NotListed();

    private static async Task<IResult> Lift(
        string customerKey, Consents consents, TimeProvider time, [FromKeyedServices(ProfileStoreSenderService.Name)] ServiceDatabase database, ILogger<Consents> log, CancellationToken cancellationToken)
    {
        var reasons = await Find(customerKey, database, cancellationToken);
        if (reasons.Count == 0)
            return NotListed();
        foreach (var reason in reasons)
            await consents.Remember(new(customerKey, LedgerText.Reason(reason), true, time.GetUtcNow()), cancellationToken);
        LogMessages.SuppressionListChanged(log, "one lifted");
        return Results.NoContent();
    }

    private static Task<List<string>> Find(string customerKey, ServiceDatabase database, CancellationToken cancellationToken) => database.RunPatiently(async token =>
    {
        await using var connection = await database.Open(token);
        return (await connection.QueryAsync<string>(
            $"SELECT reason FROM consents WHERE customer_key = @customerKey AND reason IN {ILedgerStore.Lasting} AND NOT may_be_tracked ORDER BY reason", new { customerKey })).AsList();
    }, cancellationToken);

    private static IResult NotListed() => Results.Problem("Nobody with this key is on the suppression list.", statusCode: StatusCodes.Status404NotFound, title: "Not on the list");

    private static async Task<string?> Email(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType() || request.ContentLength > MostBytes)
            return null;
        var buffer = new byte[MostBytes + 1];
        var read = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            return read <= MostBytes && JsonSerializer.Deserialize<Wanted>(buffer.AsSpan(0, read), JsonSerializerOptions.Web)?.Email is { } email && IsAddress(email.Trim()) ? email : null;
        }
        catch (JsonException)
        {
            // Its text may quote the body.
            return null;
        }
    }

    private static bool IsAddress(string email) => email.Length is > 2 and <= 254 && email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < email.Length - 1 && !email.Any(char.IsControl);

    private sealed record Wanted(string? Email);

    /// <summary>Answer of POST /suppressions.</summary>
    internal sealed record Suppression(string CustomerKey, string Reason, DateTimeOffset Since);

    /// <summary>Answer of GET /suppressions/{customerKey}.</summary>
    internal sealed record SuppressionReasons(string CustomerKey, IReadOnlyList<string> Reasons);
}
