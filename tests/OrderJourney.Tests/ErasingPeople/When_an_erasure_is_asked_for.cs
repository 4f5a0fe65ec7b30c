using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts.OrderJourney;
using MassTransit.Testing;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using OrderJourney.ErasingPeople;
using OrderJourney.Tests.Journey;
using RealServers;
using ServiceDefaults.GuardingAccess;

namespace OrderJourney.Tests.ErasingPeople;

/// <summary>The real service in memory; the test answers for the others and moves the clock.</summary>
public sealed class When_an_erasure_is_asked_for : IAsyncLifetime
{
    private const string Email = "pat@shop.example";

    private JourneyHost _host = null!;
    private HttpClient _http = null!;

    private ErasureRounds Rounds => _host.Services.GetRequiredService<ErasureRounds>();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await JourneyHost.Start(("Access:ApiKeyHashes:0", ApiKeys.Hash("a reader")), ("Access:ErasureKeyHashes:0", ApiKeys.Hash("an eraser")), ("Erasure:Parties:0", "order-ingest"), ("Erasure:Parties:1", "customer-resolution"));
        _http = _host.Http;
        _http.DefaultRequestHeaders.Add(ApiKeys.Header, "an eraser");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task It_goes_on_until_all_have_answered_and_a_last_look_finds_nothing()
    {
        var order = Guid.NewGuid();
        await _host.Publish(An.OrderReceived(order, An.Order("1") with { Customer = new() { Email = Email } }));
        var id = await Begin();
        Assert.Equal(id, await Begin());
        await Asked(1);
        Assert.Empty(Request(1).OrderIds);

        // One answers; the other is asked again, and answers then.
        await Answer(id, 1, "order-ingest");
        await Step();
        Assert.Equal(("running", "done", "waiting"), (await State(id), await State(id, "order-ingest"), await State(id, "customer-resolution")));
        _host.Time.Advance(TimeSpan.FromSeconds(31));
        await Eventually.Holds(async () =>
        {
            await Step();
            return Requests(1) >= 2;
        }, what: "Round 1 again");
        await Answer(id, 1, "customer-resolution");

        // What was found is overwritten here, then told.
        await Asked(2);
        Assert.Equal([order], Request(2).OrderIds);
        Assert.True((await _host.Journey(order)).Statements!.ErasedAt is not null);

        // An order that was on its way arrives: the last look finds it, and there is another round.
        var late = Guid.NewGuid();
        await _host.Publish(An.OrderReceived(late, An.Order("2") with { Customer = new() { Email = Email } }));
        await AnswerAll(id, 2);
        await Asked(3);
        Assert.Equal([late], Request(3).OrderIds);
        await AnswerAll(id, 3);
        await Step();
        Assert.Equal("running", await State(id));

        _host.Time.Advance(TimeSpan.FromSeconds(61));
        await Eventually.Holds(async () =>
        {
            await Step();
            return await State(id) == "done";
        }, what: "The end");
        var erasure = (await _host.Services.GetRequiredService<ErasureTables>().Find(id, None))!;
        Assert.Equal((null, 0), (erasure.Email, erasure.Cards.Count));
        Assert.NotEqual(id, await Begin());
    }

    [Fact]
    public async Task What_a_person_has_to_do_is_said_until_it_is_done()
    {
        var id = await Begin();
        await Asked(1);
        await Answer(id, 1, "order-ingest", "odp");
        await Answer(id, 1, "customer-resolution");
        await _host.Publish(Said(id, 1, "odp", ErasureState.ByHand));
        _host.Time.Advance(TimeSpan.FromMinutes(2));
        await Eventually.Holds(async () =>
        {
            await Step();
            return await State(id) == "needsAttention";
        }, what: "Attention");
        Assert.Equal(HttpStatusCode.Conflict, (await _http.PostAsync(new Uri($"/erasures/{id}/parties/order-ingest/done", UriKind.Relative), null, None)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await _http.PostAsync(new Uri($"/erasures/{id}/parties/odp/done", UriKind.Relative), null, None)).StatusCode);
        await Eventually.Holds(async () =>
        {
            await Step();
            return await State(id) == "done";
        }, what: "The end");
    }

    [Fact]
    public async Task A_destination_that_was_done_with_what_an_earlier_round_knew_is_awaited_again()
    {
        await _host.Publish(An.OrderReceived(Guid.NewGuid(), An.Order("1") with { Customer = new() { Email = Email } }));
        var id = await Begin();
        await Asked(1);
        await _host.Publish(Said(id, 1, "odp", ErasureState.Done));
        await Answer(id, 1, "order-ingest", "odp");
        await Answer(id, 1, "customer-resolution");
        await Asked(2);
        await AnswerAll(id, 2);
        _host.Time.Advance(TimeSpan.FromMinutes(2));
        await Eventually.Holds(async () =>
        {
            await Step();
            return (await _host.Services.GetRequiredService<ErasureTables>().Find(id, None))!.Says?.Contains("odp", StringComparison.Ordinal) == true;
        }, what: "Waiting for the destination");
        Assert.Equal("running", await State(id));

        await _host.Publish(Said(id, 2, "odp", ErasureState.Done));
        await Eventually.Holds(async () =>
        {
            await Step();
            return await State(id) == "done";
        }, what: "The end");
    }

    [Fact]
    public async Task One_that_is_given_up_forgets_whose_it_was()
    {
        var id = await Begin();
        await Asked(1);
        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync(new Uri($"/erasures/{id}", UriKind.Relative), None)).StatusCode);
        await AnswerAll(id, 1);
        Assert.Equal(("done", null), (await State(id), (await _host.Services.GetRequiredService<ErasureTables>().Find(id, None))!.Email));
        Assert.Equal(HttpStatusCode.NotFound, (await _http.DeleteAsync(new Uri($"/erasures/{Guid.NewGuid()}", UriKind.Relative), None)).StatusCode);
    }

    private async Task<Guid> Begin()
    {
        using var answer = await _http.PostAsJsonAsync(new Uri("/erasures", UriKind.Relative), new { email = " Pat@Shop.example ", reason = "ticket 17" }, None);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(None);
        Assert.DoesNotContain("pat@", text, StringComparison.OrdinalIgnoreCase);
        var id = JsonDocument.Parse(text).RootElement.GetProperty("erasureId").GetGuid();
        Assert.Equal($"/erasures/{id}", answer.Headers.Location!.OriginalString);
        return id;
    }

    private async Task Step()
    {
        while (await Rounds.Step(None)) { }
    }

    private Task Asked(int round) => Eventually.Holds(async () =>
    {
        await Step();
        return Requests(round) > 0;
    }, what: $"Round {round}");

    private int Requests(int round) => _host.Harness.Published.Select<PersonErasureRequested>().Count(one => one.Context.Message.Round == round);

    private PersonErasureRequested Request(int round) => _host.Harness.Published.Select<PersonErasureRequested>().Select(one => one.Context.Message).First(message => message.Round == round);

    private async Task AnswerAll(Guid id, int round)
    {
        await Answer(id, round, "order-ingest");
        await Answer(id, round, "customer-resolution");
    }

    private Task Answer(Guid id, int round, string party, params string[] awaits) => _host.Publish(Said(id, round, party, ErasureState.Done) with { Awaits = awaits });

    private PersonErased Said(Guid id, int round, string party, ErasureState state) =>
        new() { ErasureId = id, Round = round, Party = party, State = state, Rows = 1, AnsweredAt = _host.Time.GetUtcNow() };

    private async Task<string?> State(Guid id, string? party = null)
    {
        var shown = await _http.GetFromJsonAsync<JsonElement>($"/erasures/{id}", None);
        return party is null ? shown.GetProperty("state").GetString() : shown.GetProperty("parties").EnumerateArray().Single(one => one.GetProperty("party").GetString() == party).GetProperty("state").GetString();
    }
}
