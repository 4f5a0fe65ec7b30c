using System.Text.Json;
using CustomerResolution.LookingUpCustomers;

namespace CustomerResolution.Tests.LookingUpCustomers;

public sealed class AnswerReaderTests
{
    private static readonly LookupOptions Nested = new()
    {
        HoldersPath = "$.members",
        EmailPath = "$.contact.emails[0].value",
        NamePath = "$.contact.first $.contact.last",
        ExternalIdPath = "$.uid | $.id",
        StatusPath = "$.account.blocked",
        BlockedStatuses = ["true"],
    };

    [Fact]
    public void Read_takes_the_parts_from_where_they_are()
    {
        var holder = Read(Nested, """{"members":[{"id":17,"account":{"blocked":false},"contact":{"first":"Pat","last":"Example","emails":[{"value":"pat@shop.example"}]}}]}""").Holder!;

        Assert.Equal(("pat@shop.example", "Pat Example", "17", true), (holder.Email, holder.Name, holder.ExternalId, holder.HasStatus));
    }

    [Theory]
    [InlineData("""{"members":[]}""", "NotFound")]
    [InlineData("""{"members":null}""", "NotFound")]
    [InlineData("""{"members":[{},{}]}""", "Ambiguous")]
    [InlineData("""{"members":[{"account":{"blocked":true}}]}""", "Blocked")]
    [InlineData("""{"members":[{"id":1}]}""", "")]
    [InlineData("""{"members":[{"contact":{"emails":[{"value":"none"}]}}]}""", "")]
    [InlineData("""{"members":{"account":{"blocked":"TRUE"}}}""", "Blocked")]
    [InlineData("""{"members":"none"}""", "Unavailable")]
    [InlineData("""{"members":["x"]}""", "Unavailable")]
    [InlineData("""{"results":[]}""", "Unavailable")]
    [InlineData("[]", "Unavailable")]
    public void Read_tells_the_outcomes_of_a_list_apart(string body, string expected) => Assert.Equal(expected, Outcome(Read(Nested, body)));

    [Theory]
    [InlineData("""{"email":"pat@shop.example"}""", "", false)]
    [InlineData("""{"email":"pat@shop.example","status":"active"}""", "", true)]
    [InlineData("""{"email":"pat@shop.example","status":"Blocked"}""", "Blocked", false)]
    [InlineData("""{"status":"blocked"}""", "Blocked", false)]
    [InlineData("""{"email":null}""", "", false)]
    [InlineData("\"pat@shop.example\"", "Unavailable", false)]
    [InlineData("null", "Unavailable", false)]
    public void Read_tells_the_outcomes_of_one_customer_apart(string body, string expected, bool allowed)
    {
        var said = Read(LookupOptions.ByCard, body);
        Assert.Equal((expected, allowed), (Outcome(said), said.Holder?.HasStatus ?? false));
    }

    [Theory]
    [InlineData("""{"state":"ENROLLED"}""", "")]
    [InlineData("""{"state":["left","enrolled"]}""", "")]
    [InlineData("""{"state":"left"}""", "Blocked")]
    [InlineData("""{"state":null}""", "Blocked")]
    [InlineData("{}", "Blocked")]
    public void Read_allows_only_what_is_allowed_where_that_is_listed(string body, string expected) =>
        Assert.Equal(expected, Outcome(Read(new() { EmailPath = "$.email", StatusPath = "$.state", AllowedStatuses = ["enrolled"] }, body)));

    [Theory]
    [InlineData(false, "pat@shop.example")]
    [InlineData(true, null)]
    public void Read_names_nobody_as_blocked_whose_card_is_no_longer_in_use(bool statusIsOfCard, string? named)
    {
        var said = Read(new() { EmailPath = "$.email", StatusPath = "$.state", AllowedStatuses = ["active"], StatusIsOfCard = statusIsOfCard }, """{"email":"pat@shop.example","state":"lost"}""");

        Assert.Equal(("Blocked", named), (Outcome(said), said.Ended?.Email));
    }

    [Theory]
    [InlineData("""{"promotions":"False","email":"pat@shop.example"}""", true, "ConsentWithdrawn")]
    [InlineData("""{"promotions":true}""", true, "")]
    [InlineData("{}", true, "")]
    [InlineData("""{"promotions":"False"}""", false, "ConsentWithdrawn")]
    [InlineData("""{"promotions":true}""", false, "")]
    [InlineData("{}", false, "ConsentWithdrawn")]
    public void Read_sees_withdrawn_consent(string body, bool unlessWithdrawn, string expected)
    {
        var said = Read(new() { EmailPath = "$.email", ConsentPath = "$.promotions", WithdrawnConsents = unlessWithdrawn ? ["false"] : null, GivenConsents = unlessWithdrawn ? null : ["true"] }, body);

        Assert.Equal(expected, Outcome(said));
        Assert.Equal(body.Contains("email", StringComparison.Ordinal) ? "pat@shop.example" : null, said.Ended?.Email);
        Assert.Equal(body.Contains(":true", StringComparison.Ordinal), said.Holder?.HasConsent ?? false);
    }

    [Theory]
    [InlineData(200, """{"error":{"code":160212}}""", "NotFound")]
    [InlineData(404, """{"error":{"code":"160212"}}""", "NotFound")]
    [InlineData(404, """{"error":{"code":0}}""", "by status")]
    [InlineData(401, "{}", "by status")]
    [InlineData(429, """{"data":null}""", "by status")]
    [InlineData(404, null, "by status")]
    [InlineData(200, """{"data":[]}""", "NotFound")]
    [InlineData(200, """{"data":null}""", "NotFound")]
    [InlineData(400, """[{"errorCode":"ambiguous_member"}]""", "Ambiguous")]
    [InlineData(403, """[{"errorCode":"REQUEST_LIMIT_EXCEEDED"}]""", "Unavailable")]
    [InlineData(403, """[{"errorCode":"INVALID"}]""", "by status")]
    [InlineData(400, """{"flags":["vip","FROZEN"]}""", "Blocked")]
    [InlineData(204, null, "Unavailable")]
    public void Read_lets_the_first_rule_that_fits_decide_whatever_the_status(int status, string? body, string expected)
    {
        var ruled = new AnswerReader(new()
        {
            EmailPath = "$.email",
            NotFoundStatuses = [0],
            NotFoundWhen = [new() { Path = "$.error.code", Values = ["160211", "160212"] }, new() { Path = "$.data | $.error | $[0] | $.flags", Missing = true }],
            AmbiguousWhen = [new() { Path = "$[0].errorCode", Values = ["AMBIGUOUS_MEMBER"] }],
            BusyWhen = [new() { Path = "$[0].errorCode", Values = ["REQUEST_LIMIT_EXCEEDED"] }],
            BlockedWhen = [new() { Path = "$.flags", Values = ["frozen"] }],
        });

        var said = ruled.Read(status, body is null ? null : Json(body), ScriptedProvider.Card("17"), Nobody);

        Assert.Equal(expected, said is { } answer ? Outcome(answer) : "by status");
    }

    [Theory]
    [InlineData(404, "NotFound")]
    [InlineData(410, "by status")]
    public void Read_takes_404_for_nobody_unless_told_otherwise(int status, string expected) =>
        Assert.Equal(expected, new AnswerReader(LookupOptions.ByCard).Read(status, null, ScriptedProvider.Card("17"), Nobody) is { } said ? Outcome(said) : "by status");

    [Theory]
    [InlineData("""[{"card":"2900-0017 "},{"card":"2900001"},{"card":null}]""", "")]
    [InlineData("""[{"card":["1","29000017"]}]""", "")]
    [InlineData("""[{"card":"29000017"},{"card":29000017}]""", "Ambiguous")]
    [InlineData("""[{"card":"290000170"}]""", "NotFound")]
    public void Read_counts_only_holders_of_what_was_asked_for(string body, string expected) =>
        Assert.Equal(expected, Outcome(new AnswerReader(new() { HoldersPath = "$", MatchPath = "$.card", EmailPath = "$.email" })
            .Read(200, Json(body), ScriptedProvider.Card("29000017"), Nobody)!.Value));

    [Fact]
    public void Read_takes_values_for_later_steps_and_calls_an_answer_without_them_malformed()
    {
        var first = new LookupOptions { HoldersPath = "$.ids", Take = new Dictionary<string, string> { ["id"] = "$" } };

        Assert.Equal("c-1", Read(first, """{"ids":["c-1"]}""").Holder!.Values["ID"]);
        Assert.Equal("Unavailable", Outcome(Read(first, """{"ids":[""]}""")));
        Assert.Equal("Ambiguous", Outcome(Read(first, """{"ids":["c-1","c-2"]}""")));
    }

    [Fact]
    public void Read_keeps_what_an_earlier_step_said()
    {
        var before = Nobody with { Email = "pat@shop.example", Name = "Pat", HasStatus = true };

        var said = new AnswerReader(new() { NamePath = "$.name", ExternalIdPath = "$.id", EmailPath = "$.email" }).Read(200, Json("""{"id":"7"}"""), ScriptedProvider.Card("17"), before);

        Assert.Equal(before with { ExternalId = "7" }, said!.Value.Holder! with { Values = before.Values });
    }

    private static KnownHolder Nobody => new(new Dictionary<string, string>());

    private static StepAnswer Read(LookupOptions step, string body) => new AnswerReader(step).Read(200, Json(body), ScriptedProvider.Card("17"), Nobody)!.Value;

    // Empty where the look-up goes on.
    private static string Outcome(StepAnswer said) => said.Ended?.Outcome.ToString() ?? "";

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
