using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OrderIngest.Tests.ReadingOrders;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.Tests.RepairingRejectedInput;

public sealed class When_rejected_input_belongs_to_a_source : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> Keys = new()
    {
        ["OrderIngest:Sources:pos:ApiKeyHash"] = ApiKeys.Hash("key of pos"),
        ["OrderIngest:Sources:web:ApiKeyHash"] = ApiKeys.Hash("key of web"),
        ["OrderIngest:OperatorKeyHashes:0"] = ApiKeys.Hash("an old operator"),
        ["OrderIngest:OperatorKeyHashes:1"] = ApiKeys.Hash("operator").ToUpperInvariant(),
    };

    private readonly SqliteFile _database = new();
    private RunningIngest _ingest = null!;
    private long _id;

    [Theory]
    [InlineData("/rejected/{id}")]
    [InlineData("/rejected/{id}/body")]
    [InlineData("/rejected")]
    [InlineData("/rejected/summary")]
    [InlineData("/rejected/faults.csv")]
    [InlineData("/rejected/download")]
    public async Task Only_its_own_key_and_an_operators_see_it(string path)
    {
        path = path.Replace("{id}", $"{_id}", StringComparison.Ordinal);
        var own = await _ingest.GetText(path, "key of pos");
        Assert.Equal(HttpStatusCode.OK, own.Status);
        Assert.Equal(own, await _ingest.GetText(path, "operator"));
        Assert.Equal(own, await _ingest.GetText($"{path}?source=pos", "an old operator"));
        var other = await _ingest.GetText(path, "key of web");
        Assert.NotEqual(own.Body, other.Body);
        Assert.DoesNotContain("currency", other.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("import", other.Body, StringComparison.Ordinal);
        if (path.Contains($"{_id}", StringComparison.Ordinal))
        {
            Assert.Equal(HttpStatusCode.NotFound, other.Status);
            // Word for word what is said about one that does not exist.
            var absent = await _ingest.GetText(path.Replace($"{_id}", "999999", StringComparison.Ordinal), "key of web");
            Assert.Equal(WithoutTrace(absent.Body).Replace("999999", $"{_id}", StringComparison.Ordinal), WithoutTrace(other.Body));
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await _ingest.GetText(path)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _ingest.GetText(path, "wrong")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _ingest.GetText($"{path}?source=pos", "key of web")).Status);
    }

    [Fact]
    public async Task Another_source_can_neither_resubmit_nor_dismiss_it()
    {
        var good = Submitted.Json(Submitted.Order("1"));
        Assert.Equal(HttpStatusCode.NotFound, (await _ingest.Ask($"/rejected/{_id}/resubmit", good, "application/json", "key of web")).Status);
        Assert.Equal(0, (await _ingest.Ask("/rejected/resubmit", new { ids = new[] { _id } }, "key of web")).Body.Number("inputs"));
        Assert.Equal(0, (await _ingest.Ask("/rejected/preview", new { filter = new { } }, "key of web")).Body.Number("inputs"));
        Assert.Equal(HttpStatusCode.BadRequest, (await _ingest.Ask("/rejected/resubmit", new { filter = new { source = "pos" } }, "key of web")).Status);
        Assert.Equal(0, (await _ingest.Ask("/rejected/dismiss", new { ids = new[] { _id }, why = "x" }, "key of web")).Body.Number("inputs"));
        Assert.Equal(0, (await _ingest.Ask("/rejected/dismiss", new { filter = new { reason = "invalid" }, why = "x" }, "key of web")).Body.Number("inputs"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _ingest.Ask($"/rejected/{_id}/resubmit", good, "application/json")).Status);
        Assert.Equal(_id, Assert.Single(await _ingest.Rejected("pos")).Id);
        Assert.Equal(0, (await _ingest.Journal.Count(default)).Accepted);

        Assert.Equal(HttpStatusCode.Accepted, (await _ingest.Ask($"/rejected/{_id}/resubmit", good, "application/json", "key of pos")).Status);
        Assert.Equal("source pos", (await _ingest.Get("/rejected?state=resubmitted", "operator")).Body.GetProperty("rejected")[0].Text("stateBy"));
    }

    [Fact]
    public async Task An_operator_repairs_every_source_and_sends_orders_for_none()
    {
        var (status, body) = await _ingest.Ask($"/rejected/{_id}/resubmit", Submitted.Json(Submitted.Order("1")), "application/json", "operator");
        Assert.Equal((HttpStatusCode.Accepted, "accepted"), (status, body.Text("outcome")));
        Assert.Equal("operator", (await _ingest.Get("/rejected?state=resubmitted", "operator")).Body.GetProperty("rejected")[0].Text("stateBy"));
        using var posted = await _ingest.Post(Submitted.Json(Submitted.Order("2")), "/orders?source=pos", key: "operator");
        Assert.Equal(HttpStatusCode.Unauthorized, posted.StatusCode);
    }

    [Fact]
    public async Task An_edited_body_cannot_speak_for_another_source()
    {
        var order = Submitted.Node(Submitted.Order("1"));
        order["source"] = "web";
        foreach (var key in new[] { "key of pos", "operator" })
            Assert.Equal(HttpStatusCode.BadRequest, (await _ingest.Ask($"/rejected/{_id}/resubmit", order.ToJsonString(), "application/json", key)).Status);
        Assert.Equal(0, (await _ingest.Journal.Count(default)).Accepted);
    }

    [Theory]
    [InlineData("OrderIngest:OperatorKeyHashes:1", "abc")]
    [InlineData("OrderIngest:OperatorKeyHashes:1", null)]
    [InlineData("OrderIngest:KeepRepairedFor", "00:00:01")]
    [InlineData("OrderIngest:TendRejectedEvery", "00:00:00")]
    public async Task A_wrong_setting_keeps_the_service_from_starting(string key, string? value)
    {
        await using var database = new SqliteFile();
        var settings = new Dictionary<string, string?>(Keys) { [key] = value ?? Keys["OrderIngest:Sources:pos:ApiKeyHash"] };
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningIngest.Start(database.ConnectionString, settings, environment: "Production"));
        Assert.Contains(key.Replace(":1", "", StringComparison.Ordinal), exception.Message, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync()
    {
        _ingest = await RunningIngest.Start(_database.ConnectionString, Keys, environment: "Production");
        using var refused = await _ingest.Post(Submitted.Json(Submitted.Order("1") with { Currency = "EUROS" }), "/orders", key: "key of pos");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        _id = Assert.Single(await _ingest.Rejected()).Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static string WithoutTrace(string problem)
    {
        var node = JsonNode.Parse(problem)!.AsObject();
        node.Remove("traceId");
        return node.ToJsonString();
    }
}
