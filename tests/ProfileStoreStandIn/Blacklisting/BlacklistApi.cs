using System.Net.Mail;
using System.Text.Json;
using ProfileStoreStandIn.Misbehaving;

namespace ProfileStoreStandIn.Blacklisting;

/// <summary>
/// The administration API's blacklists by the documented rules: 201, 400, and 401 without the administration key. What it answers to an address that is listed already is not
/// documented; here 409.
/// </summary>
internal sealed class BlacklistApi(StandInOptions options, Blacklist blacklist, CurrentFault faults, TimeProvider time)
{
    private const int MostBytes = 256 * 1024;

    public async Task<IResult> Add(HttpContext http)
    {
        if (faults.Take() is { } fault)
        {
            if (fault.Delay is { } delay)
                await Task.Delay(delay, time, http.RequestAborted);
            if (fault.Status is { } status)
                return Results.StatusCode(status);
        }
        if (!HasKey(http.Request))
            return Results.Unauthorized();
        if (http.Request.ContentLength is not (> 0 and <= MostBytes))
            return Results.BadRequest("send an object with Email and, where wanted, Scope");
        JsonElement body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body, cancellationToken: http.RequestAborted);
        }
        catch (JsonException)
        {
            return Results.BadRequest("the body is not JSON");
        }
        if (body.ValueKind != JsonValueKind.Object || Text(body, "Email") is not { } email || !MailAddress.TryCreate(email, out _))
            return Results.BadRequest("Email must be a valid address");
        var scope = Text(body, "Scope");
        if (scope is not null && !options.AnyScope && scope != "default" && !options.Scopes.Contains(scope))
            return Results.BadRequest("Scope is unknown");
        var (entry, isNew) = blacklist.Add(email, scope);
        return isNew ? Results.Created($"blacklists/{entry.BlacklistId}", entry) : Results.Conflict(entry);
    }

    public IResult List(HttpContext http) =>
        HasKey(http.Request) ? Results.Ok(blacklist.All() is var all ? new { total = all.Count, count = all.Count, items = all } : null) : Results.Unauthorized();

    public IResult Remove(HttpContext http, string id) =>
        !HasKey(http.Request) ? Results.Unauthorized() : Guid.TryParse(id, out var guid) && blacklist.Remove(guid) ? Results.NoContent() : Results.NotFound();

    private bool HasKey(HttpRequest request)
    {
        const string Scheme = "epi-single ";
        var sent = request.Headers.Authorization.ToString();
        return sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && sent[Scheme.Length..].Trim() is { Length: > 0 } key && (string.IsNullOrEmpty(options.QueryKey) || key == options.QueryKey);
    }

    private static string? Text(JsonElement body, string name) =>
        body.EnumerateObject().FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
