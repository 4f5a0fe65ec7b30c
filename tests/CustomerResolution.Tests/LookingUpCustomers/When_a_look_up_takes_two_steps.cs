using CustomerResolution.LookingUpCustomers;
using MessageExamples;

namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class When_a_look_up_takes_two_steps
{
    private static readonly LookupOptions Voucher = new()
    {
        Path = "vouchers/{card}",
        StatusPath = "$.active",
        BlockedStatuses = ["false"],
        NotFoundWhen = [new() { Path = "$.holder", Missing = true }],
        Take = new Dictionary<string, string> { ["holder"] = "$.holder" },
    };

    private static readonly LookupOptions Customer = new() { Path = "customers/{holder}?for={card}", EmailPath = "$.email", ConsentPath = "$.consent", WithdrawnConsents = ["no"] };

    [Fact]
    public async Task It_puts_what_the_first_answered_into_the_second_and_nothing_else_about_it()
    {
        var provider = Provider(ScriptedProvider.Body("""{"holder":"../admin?x=\"1\"","active":true}"""), ScriptedProvider.Customer);

        var answer = await provider.Client.Find(ScriptedProvider.Card("a/b"), default).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("pat@shop.example", answer.Customer?.Email);
        Assert.Equal(
            ["GET http://loyalty.example/api/vouchers/a%2Fb", "GET http://loyalty.example/api/customers/..%2Fadmin%3Fx%3D%221%22?for=a%2Fb"],
            provider.Requests.Select(request => request.Line));
    }

    [Theory]
    [InlineData("""{"holder":null,"active":true}""", "NotFound")]
    [InlineData("""{"holder":"h-1","active":false}""", "Blocked")]
    [InlineData("""{"active":false}""", "NotFound")]
    public async Task It_ends_at_the_first_when_that_says_enough(string body, string outcome)
    {
        var provider = Provider(ScriptedProvider.Body(body));

        Assert.Equal(outcome, (await provider.Client.Find(ScriptedProvider.Card("1"), default).WaitAsync(TimeSpan.FromSeconds(10))).Outcome.ToString());

        Assert.Single(provider.Requests);
    }

    [Fact]
    public async Task It_repeats_only_the_step_that_failed()
    {
        var provider = Provider(ScriptedProvider.Body("""{"holder":"h-1"}"""), ScriptedProvider.Status(503), ScriptedProvider.Customer);

        var answer = await provider.PassTimeUntilAnswered(provider.Client.Find(ScriptedProvider.Card("1"), default), TimeSpan.FromMilliseconds(50));

        Assert.Equal(LookupOutcome.Found, answer.Outcome);
        Assert.Equal(["vouchers/1", "customers/h-1?for=1", "customers/h-1?for=1"], provider.Requests.Select(request => request.Line["GET http://loyalty.example/api/".Length..]));
    }

    [Theory]
    [InlineData(404, "", "NotFound")]
    [InlineData(401, "", "Unavailable")]
    [InlineData(200, """{"email":"none"}""", "WithoutEmail")]
    [InlineData(200, """{"email":"pat@shop.example","consent":"no"}""", "ConsentWithdrawn")]
    public async Task It_comes_to_what_the_second_says(int status, string body, string outcome)
    {
        var provider = Provider(ScriptedProvider.Body("""{"holder":"h-1"}"""), ScriptedProvider.Body(status, body));

        Assert.Equal(outcome, (await provider.Client.Find(ScriptedProvider.Card("1"), default).WaitAsync(TimeSpan.FromSeconds(10))).Outcome.ToString());

        Assert.Equal(2, provider.Requests.Count);
    }

    [Fact]
    public async Task It_does_not_ask_for_a_holder_whose_id_names_another_resource()
    {
        var provider = Provider(ScriptedProvider.Body("""{"holder":".."}"""));

        var answer = await provider.Client.Find(ScriptedProvider.Card("1"), default).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(LookupFailureKind.Malformed, answer.Failure?.Kind);
        Assert.Single(provider.Requests);
        Assert.Equal(LookupOutcome.NotFound, (await provider.Client.Find(ScriptedProvider.Card(".."), default).WaitAsync(TimeSpan.FromSeconds(10))).Outcome);
        Assert.Single(provider.Requests);
    }

    [Theory]
    [InlineData(true, """{"email":"pat@shop.example","consent":"yes"}""", false, true, true)]
    [InlineData(true, """{"email":"pat@shop.example"}""", false, true, false)]
    [InlineData(true, """{"email":"pat@shop.example","consent":"yes"}""", true, false, true)]
    [InlineData(null, """{"email":"pat@shop.example"}""", false, false, false)]
    public async Task It_tells_a_status_that_was_seen_from_a_consent(bool? active, string body, bool statusIsOfCard, bool status, bool consent)
    {
        var first = new LookupOptions
        {
            Path = Voucher.Path,
            StatusPath = Voucher.StatusPath,
            BlockedStatuses = Voucher.BlockedStatuses,
            StatusIsOfCard = statusIsOfCard,
            Take = Voucher.Take,
        };
        var provider = ScriptedProvider.With(
            settings => settings with { Lookups = [first, Customer] },
            ScriptedProvider.Body($$"""{"holder":"h-1","active":{{(active is null ? "null" : "true")}}}"""), ScriptedProvider.Body(body));
        provider.Time.Advance(TimeSpan.FromSeconds(5));

        var answer = await provider.Client.Find(ScriptedProvider.Card("1"), default).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(An.Noon.AddSeconds(5), answer.AskedAt);
        Assert.Equal((status ? answer.AskedAt : null, consent ? answer.AskedAt : null), (answer.Customer!.StatusSeenAt, answer.Customer.ConsentSeenAt));
    }

    [Fact]
    public async Task Each_kind_of_identifier_has_its_own_steps()
    {
        var provider = ScriptedProvider.With(settings => settings with
        {
            Lookups =
            [
                Voucher, new() { By = IdentifierKind.Phone, Method = "POST", Path = "search", Body = """{"phone":"{phone}"}""", EmailPath = "$.email" }, Customer,
            ],
        }, ScriptedProvider.Customer);

        await provider.Client.Find(new(IdentifierKind.Phone, "+4930123"), default).WaitAsync(TimeSpan.FromSeconds(10));

        var request = Assert.Single(provider.Requests);
        Assert.Equal(("POST http://loyalty.example/api/search", """{"phone":"\u002B4930123"}"""), (request.Line, request.Body));
        Assert.Equal([true, false, true, false], Enum.GetValues<IdentifierKind>().Select(provider.Client.Knows));
    }

    private static ScriptedProvider Provider(params Func<CancellationToken, Task<HttpResponseMessage>>[] script) =>
        ScriptedProvider.With(settings => settings with { Lookups = [Voucher, Customer] }, script);
}
