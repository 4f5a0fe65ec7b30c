using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts.OrderIngest;
using Dapper;
using Npgsql;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>What people and other programs do with a running system, and what they can see of it.</summary>
internal static class Outside
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The till sells to whoever it says.</summary>
    public static Task<Guid> Sell(this InStoreSystem system, string receipt, CustomerHint to) =>
        system.Post(ErpOrder.Of(receipt, to), TestContext.Current.CancellationToken);

    /// <summary>The loyalty program says that somebody has the card now.</summary>
    public static Task<HttpStatusCode> Register(this InStoreSystem system, string card, string? email = null) =>
        Post(system.CustomerResolution, "/loyalty-cards/registered", email is null ? new { card } : (object)new { card, email });

    /// <summary>The loyalty program says that a customer withdraws consent, or gives it again.</summary>
    public static Task<HttpStatusCode> SayConsent(this InStoreSystem system, string email, bool mayBeTracked) =>
        Post(system.CustomerResolution, "/customers/consents", mayBeTracked ? new { email, mayBeTracked } : (object)new { email, mayBeTracked, reason = "consentWithdrawn" });

    /// <summary>Customer service says whose receipt it is.</summary>
    public static Task<HttpStatusCode> Claim(this InStoreSystem system, Guid order, object claim) => Post(system.OrderJourney, $"/journeys/{order}/claim", claim);

    public static Task<HttpStatusCode> Retry(this InStoreSystem system, Guid order) => Post(system.OrderJourney, $"/journeys/{order}/retry", new { });

    /// <summary>What the journey says once it is in this state.</summary>
    public static Task<JsonElement> WhenJourney(this InStoreSystem system, Guid order, string state) => Eventually.Becomes(
        () => system.Journey(order), journey => journey.TryGetProperty("state", out var now) && now.GetString() == state, Patience, $"A journey that is {state}");

    public static async Task<JsonElement> Journey(this InStoreSystem system, Guid order)
    {
        using var answer = await system.OrderJourney.Http.GetAsync(new Uri($"/journeys/{order}", UriKind.Relative));
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Ids of the journeys a list of OrderJourney shows, page by page.</summary>
    public static async Task<HashSet<Guid>> Journeys(this InStoreSystem system, string query)
    {
        var found = new HashSet<Guid>();
        for (var after = ""; ;)
        {
            var page = await system.OrderJourney.Http.GetFromJsonAsync<JsonElement>($"/journeys?limit=500&{query}{after}");
            found.UnionWith(page.GetProperty("journeys").EnumerateArray().Select(journey => journey.GetProperty("orderId").GetGuid()));
            if (page.GetProperty("next").GetString() is not { } next)
                return found;
            after = $"&after={next}";
        }
    }

    /// <summary>What the profile store holds of these orders, by order.</summary>
    public static async Task<ILookup<Guid, Stored>> Stored(this InStoreSystem system, IReadOnlySet<Guid> orders) =>
        (await system.ProfileStore.Events())
            .Select(stored => new Stored(
                stored.Event.GetProperty("payload").GetProperty("store").GetProperty("orderId").GetGuid(), stored.Event.GetProperty("user").GetProperty("email").GetString()!, stored.StoredAt))
            .Where(stored => orders.Contains(stored.OrderId))
            .ToLookup(stored => stored.OrderId);

    /// <summary>Whom the profile store holds an order for; fails unless it holds it once.</summary>
    public static async Task<string> TrackedFor(this InStoreSystem system, Guid order) => Assert.Single((await system.Stored(new HashSet<Guid> { order }))[order]).Email;

    /// <summary>Waits until the sender keeps a customer's consent.</summary>
    public static async Task WhenSenderKnowsConsent(this InStoreSystem system, string email, bool mayBeTracked)
    {
        await using var database = new NpgsqlConnection(system.Database.ConnectionString);
        await Eventually.Holds(
            () => database.ExecuteScalarAsync<bool>(
                "SELECT EXISTS (SELECT FROM profile_store_sender.consents WHERE customer_key = @key AND may_be_tracked = @mayBeTracked)", new { key = Person.HashOf(email), mayBeTracked }),
            Patience, "The consent in the sender's table");
    }

    private static async Task<HttpStatusCode> Post(ServiceProcess service, string path, object body)
    {
        using var answer = await service.Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        return answer.StatusCode;
    }
}

/// <param name="OrderId">The order the event is about.</param>
/// <param name="Email">Whom it was tracked for.</param>
/// <param name="At">When the profile store took it.</param>
internal sealed record Stored(Guid OrderId, string Email, DateTimeOffset At);
