using System.Text;
using Contracts.OrderIngest;
using Dapper;
using MessageExamples;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderIngest.ErasingPeople;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.Tests.ErasingPeople;

/// <summary>What is left in the journal and in rejected input, on whatever database.</summary>
public abstract class When_a_person_is_erased : OnEitherDatabase
{
    private const string Email = "pat+x@shop.example", Card = "2900000000017";

    private readonly ManualTime _time = new();
    private IHost? _host;

    private IJournal Journal => _host!.Services.GetRequiredService<IJournal>();

    private ServiceDatabase Service => _host!.Services.GetRequiredKeyedService<ServiceDatabase>(OrderIngestService.Name);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_order_stays_without_its_customer_and_comes_back_as_the_duplicate_it_was()
    {
        var (theirs, other) = (Entry("1", Email), Entry("2", "sam@shop.example"));
        await Journal.Add([theirs, other], Token);
        var erasure = new JournalErasure(Service, _time);

        Assert.Equal(1, await erasure.Erase([theirs.OrderId, Guid.NewGuid()], Token));
        Assert.Equal(0, await erasure.Erase([theirs.OrderId], Token));
        Assert.Equal(0, await erasure.Erase([], Token));

        Assert.Empty(await Find(Email[4..]));
        Assert.Contains("sam@shop.example", (await Journal.Find(other.OrderId, Token))!.Body, StringComparison.Ordinal);
        Assert.Equal([JournalAnswer.Duplicate], await Journal.Add([theirs], Token));
        Assert.Equal([JournalAnswer.Conflict], await Journal.Add([Entry("1", Email, gross: 1)], Token));
        Assert.Empty(await Find(Email[4..]));
        Assert.Equal([other.OrderId], await NotErased());
    }

    [Fact]
    public async Task One_that_waits_to_be_published_goes_out_without_its_customer()
    {
        var entry = Entry("1", Email);
        await Journal.Add([entry], Token);
        await new JournalErasure(Service, _time).Erase([entry.OrderId], Token);

        var published = new List<string>();
        await Journal.Relay(10, TimeSpan.FromMinutes(1), (orders, _) =>
        {
            published.AddRange(orders.Select(order => order.Body));
            return Task.FromResult<IReadOnlyCollection<Guid>>([.. orders.Select(order => order.OrderId)]);
        }, Token);

        var message = System.Text.Json.JsonSerializer.Deserialize<OrderReceived>(Assert.Single(published), ServiceDefaults.ConnectingToTheBus.PlainJson.Options)!;
        Assert.Equal((entry.OrderId, new CustomerHint(), entry.Order.Totals), (message.OrderId, message.Order.Customer, message.Order.Totals));
    }

    [Fact]
    public async Task Rejected_input_that_names_them_loses_its_bytes_and_does_not_get_them_back()
    {
        var order = Guid.NewGuid();
        // More than are looked at at a time, and theirs in each part.
        var kept = Enumerable.Range(0, 450).Select(i => Input(i % 100 == 7 ? $"{i};{Card}" : $"{i};somebody else")).ToList();
        kept.Add(Input("by order", order));
        kept.Add(Input("{\"email\":\"pat\\u002Bx@shop.example\"}"));
        await Journal.Keep(kept, Token);
        var erasure = new RejectedErasure(Service, _time);

        Assert.Equal(7, await erasure.Erase(new([Email, Card]), [order], Token));
        Assert.Equal(0, await erasure.Erase(new([Email, Card]), [order], Token));

        Assert.Empty(await Find(Card));
        Assert.Equal((7, 7), await Count("state = 'dismissed' AND state_at IS NOT NULL", "state = 'dismissed'"));
        Assert.Equal((445, 445), await Count("state = 'open'", "state = 'open'"));
        // The same bytes again are counted, not kept anew.
        await Journal.Keep([Input($"7;{Card}")], Token);
        Assert.Empty(await Find(Card));
        Assert.Equal((452, 452), await Count("id > 0", "rejected_id > 0"));
    }

    protected override async Task Begin()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Database:ConnectionString"] = Database });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddJournal();
        _host = builder.Build();
        await _host.StartAsync(Token);
        await Service.WhenReady(Token);
    }

    protected override async Task End()
    {
        await _host!.StopAsync(Token);
        _host.Dispose();
    }

    private static JournalEntry Entry(string receipt, string email, decimal gross = 9.9m)
    {
        var order = An.Order(receipt) with { Customer = new() { Email = email, LoyaltyCard = "4711", Phone = "123" } };
        return JournalEntry.Of(order with { Totals = order.Totals with { Gross = gross } }, An.Noon);
    }

    private RejectedInput Input(string raw, Guid? order = null) => new()
    {
        Source = "pos-north",
        Origin = "import",
        Format = InputFormat.Json,
        Reason = RejectionReason.Invalid,
        OrderId = order,
        Faults = [new("$.kind", "is missing")],
        Raw = Encoding.UTF8.GetBytes(raw),
        ReceivedAt = _time.GetUtcNow(),
    };

    private async Task<List<string>> Find(string text)
    {
        await using var connection = await Open();
        var bytes = OnPostgres ? "encode(raw, 'escape')" : "CAST(raw AS TEXT)";
        return (await connection.QueryAsync<string>(
            $"SELECT 'journal' FROM orders WHERE body LIKE @text UNION ALL SELECT 'rejected' FROM rejected_inputs WHERE {bytes} LIKE @text", new { text = $"%{text}%" })).AsList();
    }

    private async Task<List<Guid>> NotErased()
    {
        await using var connection = await Open();
        return [.. (await connection.QueryAsync<string>($"SELECT CAST(order_id AS text) FROM orders WHERE {JournalErasure.NotErased}")).Select(Guid.Parse)];
    }

    private async Task<(long Inputs, long Faults)> Count(string inputs, string faults)
    {
        await using var connection = await Open();
        return (await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM rejected_inputs WHERE {inputs}"), await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM rejected_faults WHERE {faults}"));
    }

    private async Task<System.Data.Common.DbConnection> Open() => OnPostgres ? await Service.Postgres.OpenConnectionAsync(Token) : await Service.OpenSqlite(Token);
}

public sealed class When_a_person_is_erased_on_PostgreSql : When_a_person_is_erased
{
    protected override bool OnPostgres => true;
}

public sealed class When_a_person_is_erased_on_Sqlite : When_a_person_is_erased
{
    protected override bool OnPostgres => false;
}
