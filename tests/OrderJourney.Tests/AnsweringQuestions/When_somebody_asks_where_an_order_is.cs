using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MessageExamples;
using OrderJourney.Tests.Journey;

namespace OrderJourney.Tests.AnsweringQuestions;

public sealed class When_somebody_asks_where_an_order_is : IAsyncLifetime
{
    private readonly Guid _id = Guid.NewGuid();
    private JourneyHost _host = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync() => (_host, _http) = (await JourneyHost.Start(), null!);

    public ValueTask DisposeAsync()
    {
        _http?.Dispose();
        return _host.DisposeAsync();
    }

    private async Task<JsonElement> Get(string path) => await (_http ??= _host.Http).GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    [Fact]
    public async Task It_shows_state_timeline_and_what_happens_next_but_nobodys_name()
    {
        await _host.Publish(An.OrderReceived(_id, An.Order(email: "pat@shop.example")));
        await _host.Publish(An.CustomerResolved(_id));
        await _host.Publish(An.OrderTracked(_id));
        var journey = await Get($"/journeys/{_id}");
        Assert.Equal("Tracked", journey.GetProperty("state").GetString());
        Assert.Equal("S012", journey.GetProperty("order").GetProperty("storeId").GetString());
        Assert.Equal(["OrderReceived", "CustomerResolved", "OrderTracked"], journey.GetProperty("timeline").EnumerateArray().Select(e => e.GetProperty("what").GetString()));
        var text = journey.GetRawText();
        Assert.DoesNotContain("pat@shop.example", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Pat Example", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("2900000000017", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_so_when_there_is_no_such_journey()
    {
        using var http = _host.Http;
        using var answer = await http.GetAsync(new Uri($"/journeys/{Guid.NewGuid()}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task It_lists_counts_and_pages()
    {
        for (var i = 0; i < 5; i++)
            await _host.Publish(An.OrderReceived(Guid.NewGuid(), An.Order($"R{i}")));
        var first = await Get("/journeys?limit=3&state=received");
        Assert.Equal(3, first.GetProperty("journeys").GetArrayLength());
        var second = await Get($"/journeys?limit=3&after={first.GetProperty("next").GetString()}");
        Assert.Equal(2, second.GetProperty("journeys").GetArrayLength());
        Assert.Equal(1, (await Get("/journeys?q=R4")).GetProperty("journeys").GetArrayLength());
        Assert.Equal(5, (await Get("/journeys/summary")).GetProperty("states").GetProperty("Received").GetInt32());
    }

    [Theory]
    [InlineData("/journeys?state=lost")]
    [InlineData("/journeys?after=nowhere")]
    [InlineData("/journeys?from=yesterday")]
    public async Task It_refuses_a_question_it_cannot_understand(string path)
    {
        using var http = _host.Http;
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task It_tells_the_journal_which_orders_it_knows()
    {
        await _host.Publish(An.OrderReceived(_id));
        using var http = _host.Http;
        using var answer = await http.PostAsJsonAsync(new Uri("/journeys/known", UriKind.Relative), new { orderIds = new[] { _id, Guid.NewGuid() } });
        var known = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("known");
        Assert.Equal([_id], known.EnumerateArray().Select(id => id.GetGuid()));
    }
}
