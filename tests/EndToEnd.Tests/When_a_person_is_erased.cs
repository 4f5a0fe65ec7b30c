using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>Erasures through five processes, RabbitMQ and PostgreSQL. Each test has a system of its own.</summary>
public sealed class When_a_person_is_erased : IAsyncLifetime
{
    private const string ErasureKey = "key-of-whoever-may-erase";

    // What is waited for comes by itself, sooner or later: nothing here is about how fast.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly List<Person> _people = [.. Enumerable.Range(1, 20).Select(number => new Person(number))];
    private InStoreSystem _system = null!;

    public async ValueTask InitializeAsync()
    {
        _system = await InStoreSystem.Prepare(new()
        {
            Loyalty = new() { KnowEveryCard = false },
            Extra =
            [
                .. ApiKey.Settings,
                ("", "Access__ErasureKeyHashes__0", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ErasureKey)))),
                ("OrderJourney", "Erasure__FinalPassAfter", "00:00:02"), ("OrderJourney", "Erasure__AskAgainAfter", "00:00:02"),
                ("ProfileStoreSender", "ProfileStore__Timeout", "00:00:03"),
            ],
        });
        ApiKey.ShowBy(_system);
        await _system.Start();
        await _system.Loyalty.PutMembers([.. _people.Select(person => person.MemberBy(person.Card))]);
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    [Fact]
    public async Task Nothing_of_two_of_twenty_is_left_anywhere_and_everything_of_the_others_is()
    {
        var (byEmail, byCard, other) = (_people[0], _people[1], _people[2]);
        var orders = new Dictionary<Guid, Person>();
        // Of the second one nobody ever says the address: it is known from the loyalty provider alone.
        for (var i = 0; i < 200; i++)
        {
            var person = _people[i % 20];
            orders.Add(await _system.Sell($"{i:000}", person == byCard || i % 40 < 20 ? person.HasCard : person.SaysEmail), person);
        }
        await Rejected(byEmail);
        await Eventually.Holds(async () => (await _system.Journeys("state=Tracked")).Count == 200, Patience, "200 tracked orders");
        Assert.NotEmpty(await Traces(byEmail));
        Assert.NotEmpty(await Traces(byCard));
        var before = await Traces(other);

        var first = await Erase(new { email = byEmail.Email.ToUpperInvariant(), reason = "ticket 4711" });
        var second = await Erase(new { card = byCard.Card });
        var erased = await WhenErasure(first, "done");
        await WhenErasure(second, "done");

        Assert.Empty(await Traces(byEmail));
        Assert.Empty(await Traces(byCard));
        Assert.Equal(before, await Traces(other));
        Assert.Equal(10, erased.GetProperty("orders").GetInt64());
        Assert.Equal(
            ["customer-resolution", "email-marketing", "order-ingest", "order-journey", "profile-store", "profile-store-sender"],
            erased.GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("party").GetString()));
        Assert.All(erased.GetProperty("parties").EnumerateArray(), party => Assert.Equal("done", party.GetProperty("state").GetString()));
        Assert.Equal([byEmail.Email, byCard.Email], (await _system.ProfileStore.Blacklist()).Select(listed => listed.Email).Order(StringComparer.Ordinal));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK), (await Contact(byEmail), await Contact(byCard), await Contact(other)));
        // What happened to the orders is still known, and the same receipt again is no new sale.
        Assert.Equal(200, (await _system.Journeys("state=Tracked")).Count);
        Assert.Contains(await _system.Sell("000", byEmail.HasCard), orders.Keys);

        var (again, againByCard) = (await _system.Sell("again-1", byEmail.SaysEmail), await _system.Sell("again-2", byCard.HasCard));
        foreach (var order in new[] { again, againByCard })
            Assert.Equal("erased", (await WhenJourney(order, "Suppressed")).GetProperty("suppressedBecause").GetString(), ignoreCase: true);
        await WhenJourney(await _system.Sell("other-1", other.SaysEmail), "Tracked");
        Assert.Empty(await _system.Stored(new HashSet<Guid> { again, againByCard }));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (await Contact(byEmail), await Contact(byCard)));

        // The journal has the new order with its customer; asked for again, the erasure takes that as well.
        var once = await Erase(new { email = byEmail.Email });
        await WhenErasure(once, "done");
        Assert.NotEqual(first, once);
        Assert.Empty(await Traces(byEmail));
    }

    [Fact]
    public async Task A_destination_that_is_away_is_awaited_and_said_to_be()
    {
        var person = _people[0];
        await WhenJourney(await _system.Sell("away-1", person.SaysEmail), "Tracked");
        await _system.ProfileStore.Misbehave(new() { Status = 503 });
        // Held by the sender while the erasure runs: it must never be sent.
        var held = await _system.Sell("away-2", person.HasCard);
        await Eventually.Holds(async () => (await _system.ProfileStore.Summary()).Rejected.ContainsKey("503"), Patience, "An attempt to send");

        var erasure = await Erase(new { email = person.Email });
        var waiting = await Eventually.Becomes(() => Show(erasure), shown => StateOf(shown, "profile-store") == "waiting" && Detail(shown, "profile-store") is not null && StateOf(shown, "order-ingest") == "done", Patience);
        Assert.Equal(("running", "answers 503"), (waiting.GetProperty("state").GetString(), Detail(waiting, "profile-store")));
        Assert.Equal(erasure, await Erase(new { email = person.Email }));

        await _system.ProfileStore.Behave();
        await WhenErasure(erasure, "done");
        await WhenJourney(held, "Suppressed");
        Assert.Empty(await _system.Stored(new HashSet<Guid> { held }));
        Assert.Empty(await Traces(person));
    }

    [Fact]
    public async Task Services_that_are_killed_in_the_middle_finish_it_afterwards()
    {
        var person = _people[0];
        foreach (var i in Enumerable.Range(0, 20))
            await _system.Sell($"killed-{i}", i % 2 == 0 ? person.HasCard : person.SaysEmail);
        await Eventually.Holds(async () => (await _system.Journeys("state=Tracked")).Count == 20, Patience, "20 tracked orders");
        await _system.OrderIngest.Kill();
        await _system.ProfileStoreSender.Kill();

        var erasure = await Erase(new { card = person.Card });
        await Eventually.Becomes(() => Show(erasure), shown => StateOf(shown, "customer-resolution") == "done", Patience);
        await _system.OrderJourney.Kill();
        foreach (var service in new[] { _system.OrderIngest, _system.OrderJourney, _system.ProfileStoreSender })
            service.Start();
        await Task.WhenAll(_system.All.Select(service => service.WhenReady()));
        await Eventually.Becomes(() => Show(erasure), shown => StateOf(shown, "order-ingest") == "done", Patience);
        await _system.EmailMarketing.Kill();
        _system.EmailMarketing.Start();

        await WhenErasure(erasure, "done");
        Assert.Empty(await Traces(person));
    }

    private Task<IReadOnlyList<string>> Traces(Person person) =>
        // Of the address the part behind the plus sign, which every form writes alike.
        DatabaseScan.Find(_system.Database.ConnectionString, [person.Email[(person.Email.IndexOf('+', StringComparison.Ordinal) + 1)..], person.Card, person.Name]);

    // An order that breaks a rule, kept with its bytes for somebody to repair.
    private async Task Rejected(Person person)
    {
        using var answer = await _system.OrderIngest.Http.PostAsJsonAsync(
            new Uri("/orders", UriKind.Relative), new { source = ErpOrder.Source, storeId = "S012", customer = new { email = person.Email }, kind = "no kind" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<Guid> Erase(object body)
    {
        using var request = Request(HttpMethod.Post, "/erasures");
        request.Content = JsonContent.Create(body);
        using var answer = await _system.OrderJourney.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("erasureId").GetGuid();
    }

    private Task<JsonElement> WhenErasure(Guid erasure, string state) =>
        Eventually.Becomes(() => Show(erasure), shown => shown.GetProperty("state").GetString() == state, Patience, $"An erasure that is {state}");

    private Task<JsonElement> WhenJourney(Guid order, string state) =>
        Eventually.Becomes(() => _system.Journey(order), journey => journey.TryGetProperty("state", out var now) && now.GetString() == state, Patience, $"A journey that is {state}");

    private async Task<JsonElement> Show(Guid erasure)
    {
        using var request = Request(HttpMethod.Get, $"/erasures/{erasure}");
        using var answer = await _system.OrderJourney.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add(ApiKey.Header, ErasureKey);
        return request;
    }

    private static string? StateOf(JsonElement erasure, string party) => Party(erasure, party)?.GetProperty("state").GetString();

    private static string? Detail(JsonElement erasure, string party) => Party(erasure, party)?.GetProperty("detail").GetString();

    private static JsonElement? Party(JsonElement erasure, string party) =>
        erasure.GetProperty("parties").EnumerateArray().Where(one => one.GetProperty("party").GetString() == party).Cast<JsonElement?>().FirstOrDefault();

    private async Task<HttpStatusCode> Contact(Person person)
    {
        using var answer = await _system.EmailMarketing.Http.GetAsync(new Uri($"/contacts/{Uri.EscapeDataString(person.Email)}", UriKind.Relative));
        return answer.StatusCode;
    }
}
