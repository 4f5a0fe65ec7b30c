using System.Collections.Concurrent;
using System.Text.Json;
using Contracts.CustomerResolution;
using Contracts.OrderJourney;
using Contracts.ProfileStoreSender;
using Dapper;
using MassTransit;
using MessageExamples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealServers;
using ServiceDefaults.UsingTheDatabase;

namespace ProfileStoreSender.Tests.ErasingPeople;

/// <summary>The whole sender, with the transport in memory and stand-ins over HTTP, on either database.</summary>
public sealed class When_a_person_is_erased : IAsyncDisposable
{
    private const string Email = "pat+x@shop.example";

    private readonly ConcurrentQueue<PersonErased> _answers = new();
    private SenderHost? _sender;

    private SenderHost Sender => _sender!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PostgreSql")]
    [InlineData("Sqlite")]
    public async Task Nothing_is_sent_any_more_and_the_profile_store_is_told_as_soon_as_it_is_there(string kind)
    {
        await Start(kind, QuerySettings);
        var before = Guid.NewGuid();
        await Sender.Publish(An.CustomerResolved(before, customer: An.Customer(Email)));
        await Sender.Outcomes(before);
        await Sender.Store.Misbehave(new() { Status = 503 });

        var erasure = await Erase(1, before);
        var own = await Answered(erasure, "profile-store-sender");
        Assert.Equal((ErasureState.Done, 1, "profile-store"), (own.State, own.Rows, Assert.Single(own.Awaits!)));
        Assert.Equal("answers 503", (await Answered(erasure, "profile-store")).Detail);
        Assert.NotEmpty(await Kept());

        await Sender.Store.Behave();
        await Answered(erasure, "profile-store", ErasureState.Done);
        Assert.Equal((Email, "default"), Assert.Single(await Sender.Store.Blacklist()) is var listed ? (listed.Email, listed.Scope) : default);
        await Eventually.Holds(async () => (await Kept()).Count == 0, what: "An empty row");

        // Again, as after a lost answer: told again, and the store is not bothered.
        await Erase(2, before, erasure);
        await Eventually.Holds(() => Task.FromResult(_answers.Any(answer => answer is { Party: "profile-store", Round: 2, State: ErasureState.Done })), what: "The second answer");

        var after = Guid.NewGuid();
        await Sender.Publish(An.CustomerResolved(after, customer: An.Customer(Email.ToUpperInvariant()) with { ConsentSeenAt = TimeProvider.System.GetUtcNow().AddYears(1) }));
        var outcome = Assert.Single(await Sender.Outcomes(after));
        Assert.Equal((OrderTrackingFailureReason.Suppressed, SuppressionReason.Erased), (outcome.Failed!.Reason, outcome.Failed.SuppressedBecause));
        Assert.DoesNotContain(await Sender.Store.Events(), stored => stored.TrackId == (Sender.Row(after).GetAwaiter().GetResult()).TrackId);
    }

    [Fact]
    public async Task With_one_device_id_for_everybody_the_blacklist_is_left_alone_and_a_person_is_asked()
    {
        await Start("Sqlite", new() { ["ProfileStore:DeviceId"] = "Constant", ["ProfileStore:ConstantDeviceId"] = "InStoreDevice", ["ProfileStore:QueryKey"] = "query" });
        var answer = await Answered(await Erase(1), "profile-store");
        Assert.Equal(ErasureState.ByHand, answer.State);
        Assert.Contains("Constant", answer.Detail, StringComparison.Ordinal);
        Assert.Empty(await Sender.Store.Blacklist());
        await Eventually.Holds(async () => (await Kept()).Count == 0, what: "An empty row");
    }

    [Fact]
    public async Task Without_a_query_key_it_is_a_persons_work_and_done_at_once_when_it_is_listed_already()
    {
        await Start("Sqlite", []);
        var answer = await Answered(await Erase(1), "profile-store");
        Assert.Equal(ErasureState.ByHand, answer.State);
        Assert.Contains("ProfileStore:QueryKey", answer.Detail, StringComparison.Ordinal);
        await Sender.DisposeAsync();

        await Start("Sqlite", QuerySettings);
        await Answered(await Erase(1), "profile-store", ErasureState.Done);
        var again = await Erase(1);
        await Answered(again, "profile-store", ErasureState.Done);
        Assert.Single(await Sender.Store.Blacklist());
    }

    [Fact]
    public async Task ODP_is_sent_one_compliance_request_with_address_and_cards()
    {
        var requests = new ConcurrentQueue<(string? Key, string Body)>();
        await using var odp = WebApplication.CreateSlimBuilder().Build();
        odp.Urls.Add("http://127.0.0.1:0");
        odp.MapPost("/v3/compliance/gdpr/delete", async (HttpContext http) =>
        {
            requests.Enqueue((http.Request.Headers["x-api-key"], await new StreamReader(http.Request.Body).ReadToEndAsync()));
            return requests.Count == 1 ? Results.StatusCode(500) : Results.Json(new { request_ids = new[] { "r1" } }, statusCode: 202);
        });
        await odp.StartAsync(Stop);
        await Start("Sqlite", new(QuerySettings)
        {
            ["Odp:Enabled"] = "true",
            ["Odp:BaseAddress"] = odp.Urls.Single(),
            ["Odp:ApiKey"] = "public",
            ["Odp:PrivateKey"] = "private",
            ["Odp:ErasureRequester"] = "privacy@shop.example",
            ["Odp:CardIdentifier"] = "loyalty_card",
        });

        await Answered(await Erase(1), "odp", ErasureState.Done);

        Assert.Equal(2, requests.Count);
        Assert.All(requests, request => Assert.Equal("private", request.Key));
        var identifiers = JsonDocument.Parse(requests.Last().Body).RootElement.EnumerateArray().Select(one =>
            (one.GetProperty("requester").GetString(), one.GetProperty("identifier_field_name").GetString(), one.GetProperty("identifier_value").GetString()));
        Assert.Equal([("privacy@shop.example", "email", Email), ("privacy@shop.example", "loyalty_card", "4711")], identifiers);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sender is not null)
            await _sender.DisposeAsync();
    }

    private static Dictionary<string, string?> QuerySettings => new() { ["ProfileStore:QueryKey"] = "query" };

    private async Task Start(string kind, Dictionary<string, string?> settings)
    {
        // The stand-in's address is known once it runs: both of its APIs have the same.
        if (settings.ContainsKey("ProfileStore:QueryKey"))
            settings["ProfileStore:QueryBaseAddress"] = SenderHost.StoreAddress;
        _sender = await SenderHost.Start(kind, settings: settings);
        Sender.Services.GetRequiredService<IBusControl>().ConnectPublishObserver(new Answers(_answers));
    }

    private async Task<Guid> Erase(int round, Guid? order = null, Guid? erasure = null)
    {
        var id = erasure ?? Guid.NewGuid();
        await Sender.Publish(new PersonErasureRequested
        {
            ErasureId = id,
            Round = round,
            RequestedAt = TimeProvider.System.GetUtcNow().AddMinutes(-1),
            Email = Email,
            Cards = ["4711"],
            CardKeys = ["key of 4711"],
            OrderIds = order is { } one ? [one] : [],
        });
        return id;
    }

    private async Task<PersonErased> Answered(Guid erasure, string party, ErasureState? state = null) => await Eventually.Becomes(
        () => Task.FromResult(_answers.FirstOrDefault(answer => answer.ErasureId == erasure && answer.Party == party && (state is null || answer.State == state))!), answer => answer is not null, what: $"An answer of {party}");

    // Rows that still say whose they are.
    private async Task<List<string>> Kept()
    {
        var database = Sender.Services.GetRequiredKeyedService<ServiceDatabase>("ProfileStoreSender");
        await using System.Data.Common.DbConnection connection = database.Kind == DatabaseKind.PostgreSql ? await database.Postgres.OpenConnectionAsync(Stop) : await database.OpenSqlite(Stop);
        return (await connection.QueryAsync<string>("SELECT destination FROM destination_erasures WHERE email IS NOT NULL OR cards IS NOT NULL")).AsList();
    }

    private sealed class Answers(ConcurrentQueue<PersonErased> into) : IPublishObserver
    {
        public Task PrePublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class
        {
            if (context.Message is PersonErased answer)
                into.Enqueue(answer);
            return Task.CompletedTask;
        }

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
