using System.Net;
using System.Text;
using LoyaltyProviderStandIn;
using RealServers;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>What happens to people and their orders, good and bad, so that whatever the services ever log or trace has had its reason.</summary>
internal sealed class BusyDay(InStoreSystem system)
{
    /// <summary>Orders with this card identify nobody; a card that is used more often than this looks shared.</summary>
    public const int WeakNumber = 30, SharedAfter = 3;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(60);

    private readonly Person _member = new(11), _talkative = new(12), _caller = new(13), _numbered = new(14), _blocked = new(15), _late = new(16), _later = new(17), _latest = new(18),
        _claiming = new(19), _refused = new(20), _withdrawing = new(21), _wrong = new(22), _unknown = new(23), _weak = new(WeakNumber);

    private readonly List<Guid> _orders = [];
    private readonly List<(string Where, string Text)> _answers = [];
    private int _receipts;

    /// <summary>Everybody who had to do with it.</summary>
    public IReadOnlyList<Person> People =>
        [_member, _talkative, _caller, _numbered, _blocked, _late, _later, _latest, _claiming, _refused, _withdrawing, _wrong, _unknown, _weak];

    /// <summary>Every order that was accepted.</summary>
    public IReadOnlyList<Guid> Orders => _orders;

    /// <summary>What routes answered that show or refuse things without saying who.</summary>
    public IReadOnlyList<(string Where, string Text)> Answers => _answers;

    public async Task Pass()
    {
        await system.Loyalty.PutMembers(
            _member.MemberBy(_member.Card), _caller.MemberBy(_caller.Phone), _numbered.MemberBy(_numbered.CustomerNumber), _refused.MemberBy(_refused.Card),
            _blocked.MemberBy(_blocked.Card) with { Status = "blocked" });
        await OrdersGoTheirWay();
        await TheProviderGoesAway();
        await CardsAreRegisteredAndReceiptsClaimed();
        await TheProfileStoreRefuses();
        await RequestsAreWrong();
        await LookAtEverything();
    }

    private async Task OrdersGoTheirWay()
    {
        for (var times = 0; times <= SharedAfter; times++)
            await Sell(_member.HasCard, "Tracked");
        await Sell(_talkative.SaysEverything, "Tracked");
        await Sell(new() { Phone = _caller.Phone }, "Tracked");
        await Sell(new() { CustomerNumber = _numbered.CustomerNumber }, "Tracked");
        await Sell(_blocked.HasCard, "Suppressed");
        await Sell(_weak.HasCard, "Unidentified");
    }

    private async Task TheProviderGoesAway()
    {
        var waiting = new List<Guid>();
        foreach (var (person, fault) in new[] { (_late, new Fault { Status = 503 }), (_later, new Fault { Drop = true }), (_latest, new Fault { Malformed = true }) })
        {
            await system.Loyalty.PutFault(fault);
            waiting.Add(await Sell(person.HasCard, "AwaitingCustomer"));
        }
        await LookAtHealth();
        await system.Loyalty.ClearFaults();
        foreach (var order in waiting)
            await Eventually.Becomes(() => system.Journey(order), journey => journey.GetProperty("resolutionFailure").GetString() == "NotFound", Outage, "An answer of the provider that is back");
    }

    private async Task CardsAreRegisteredAndReceiptsClaimed()
    {
        Assert.Equal(HttpStatusCode.Accepted, await system.Register(_late.Card, _late.Email));
        await system.Loyalty.PutMembers(_later.MemberBy(_later.Card));
        Assert.Equal(HttpStatusCode.Accepted, await system.Register(_later.Card));
        Assert.Equal(HttpStatusCode.Accepted, await system.Register(_member.Card, _unknown.Email));
        var nobodys = await Sell(new(), "Unidentified");
        Assert.Equal(HttpStatusCode.Accepted, await system.Claim(nobodys, new { email = _claiming.Email }));
        await system.WhenJourney(nobodys, "Tracked");
        await Eventually.Holds(async () => (await system.Stored(_orders.ToHashSet())).Count(events => events.Single().Email == _late.Email || events.Single().Email == _later.Email) == 2, what: "The orders of registered cards");
    }

    private async Task TheProfileStoreRefuses()
    {
        // The event holds both, so both may come back.
        var quote = $"no such user: {_refused.Email} ({_refused.Name})";
        await system.ProfileStore.Misbehave(new() { Status = 400, Text = quote });
        var refused = await Sell(_refused.HasCard, "NeedsAttention");
        await system.ProfileStore.Misbehave(new() { Status = 503, Text = $"cannot store {_withdrawing.Email}" });
        var held = await system.Sell($"day-{++_receipts}", _withdrawing.SaysEmail);
        _orders.Add(held);
        await Eventually.Holds(async () => (await system.ProfileStore.Summary()).Rejected.ContainsKey("503"), what: "An attempt to send");
        await LookAtHealth();
        Assert.Equal(HttpStatusCode.Accepted, await system.SayConsent(_withdrawing.Email, mayBeTracked: false));
        await system.WhenSenderKnowsConsent(_withdrawing.Email, mayBeTracked: false);
        await system.ProfileStore.Behave();
        await system.WhenJourney(held, "Suppressed");
        Assert.Equal(HttpStatusCode.Accepted, await system.Retry(refused));
        await system.WhenJourney(refused, "Tracked");
    }

    private async Task RequestsAreWrong()
    {
        var (ingest, resolution, journey, marketing) = (system.OrderIngest, system.CustomerResolution, system.OrderJourney, system.EmailMarketing);
        var order = ErpOrder.Json(ErpOrder.Of($"day-{++_receipts}", _wrong.SaysEverything));
        await Send(ingest, HttpMethod.Post, "/orders", order.Replace("\"lines\"", "\"rows\"", StringComparison.Ordinal));
        await Send(ingest, HttpMethod.Post, "/orders", order[..order.IndexOf("\"lines\"", StringComparison.Ordinal)]);
        await Send(ingest, HttpMethod.Post, "/orders", order.Replace("\"gross\"", $"\"{_wrong.Email}\"", StringComparison.Ordinal));
        string[] bodies =
        [
            $$"""{"card":{{_wrong.Card}},"email":"{{_wrong.Email}}"}""", $$"""{"card":"{{_wrong.Card}}","email":"{{_wrong.Name}} at {{_wrong.Email}}"}""",
            $$"""{"card":"{{_wrong.Card}}","email":"{{_wrong.Email}}""", $$"""{"{{_wrong.Email}}": {"{{_wrong.Card}}": 1} }""", $$"""["{{_wrong.Card}}"]""", $"\"{_wrong.Email}\"", "",
        ];
        foreach (var body in bodies)
        {
            await Send(resolution, HttpMethod.Post, "/loyalty-cards/registered", body);
            await Send(resolution, HttpMethod.Post, "/customers/consents", body);
            await Send(journey, HttpMethod.Post, $"/journeys/{_orders[0]}/claim", body);
            await Send(resolution, HttpMethod.Post, "/loyalty-cards/registered", body, key: _wrong.Email);
            await Send(journey, HttpMethod.Post, $"/journeys/{_orders[0]}/claim", body, key: _wrong.Card);
        }
        await Send(resolution, HttpMethod.Post, "/loyalty-cards/registered", $$"""{"card":"{{_weak.Card}}"}""");
        await Send(marketing, HttpMethod.Get, $"/contacts/{Uri.EscapeDataString(_unknown.Email)}");
        await Send(marketing, HttpMethod.Post, $"/contacts/{Uri.EscapeDataString(_unknown.Email)}", "{}");
        await Send(journey, HttpMethod.Get, $"/journeys?q={Uri.EscapeDataString(_unknown.Email)}");
        await Send(journey, HttpMethod.Get, $"/journeys/{Uri.EscapeDataString(_unknown.Email)}");
        await Send(journey, HttpMethod.Get, $"/journeys?limit={_unknown.Card}-{Uri.EscapeDataString(_unknown.Name)}");
        await Send(resolution, HttpMethod.Get, $"/loyalty-cards/registered?card={_unknown.Card}");
    }

    private async Task LookAtEverything()
    {
        await LookAtHealth();
        await Send(system.OrderJourney, HttpMethod.Get, "/journeys?limit=500");
        await Send(system.OrderJourney, HttpMethod.Get, "/journeys/summary");
        await Send(system.ProfileStoreSender, HttpMethod.Get, "/deliveries/summary");
        await Send(system.OrderIngest, HttpMethod.Get, "/rejected/summary");
        foreach (var order in _orders)
        {
            await Send(system.OrderJourney, HttpMethod.Get, $"/journeys/{order}");
            await Send(system.ProfileStoreSender, HttpMethod.Get, $"/deliveries/{order}");
        }
    }

    private async Task LookAtHealth()
    {
        foreach (var service in system.All)
        {
            await Send(service, HttpMethod.Get, "/health/ready");
            await Send(service, HttpMethod.Get, "/health/live");
        }
    }

    private async Task<Guid> Sell(Contracts.OrderIngest.CustomerHint to, string until)
    {
        var order = await system.Sell($"day-{++_receipts}", to);
        _orders.Add(order);
        await system.WhenJourney(order, until);
        return order;
    }

    private async Task Send(ServiceProcess service, HttpMethod method, string path, string? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add(ApiKey.Header, key);
        using var answer = await service.Http.SendAsync(request);
        _answers.Add(($"answer of {service.Name}", $"{(int)answer.StatusCode} {answer.Headers} {await answer.Content.ReadAsStringAsync()}"));
    }
}
