using System.Data.Common;
using System.Text.Json;
using Contracts.OrderIngest;
using Dapper;
using OrderIngest.JournalingOrders;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.ErasingPeople;

/// <summary>
/// Overwrites what journaled orders say about their customer. The order stays, with its id and the hash of what it was: the same receipt again is the duplicate it was, and
/// brings nothing back. One that waits to be published goes out without its customer.
/// </summary>
internal sealed class JournalErasure([FromKeyedServices(OrderIngestService.Name)] ServiceDatabase database, TimeProvider time)
{
    /// <summary>The condition that an order may be published again on purpose: of an erased one there is nothing to tell.</summary>
    public const string NotErased = "erased_at IS NULL";

    /// <summary>Answers how many orders were overwritten now.</summary>
    public Task<long> Erase(IReadOnlyList<Guid> orders, CancellationToken cancellationToken) => orders.Count == 0
        ? Task.FromResult(0L)
        : database.Run(token => database.InTransaction((connection, transaction) => Erase(connection, transaction, orders, token), token), cancellationToken);

    private async Task<long> Erase(DbConnection connection, DbTransaction transaction, IReadOnlyList<Guid> orders, CancellationToken cancellationToken)
    {
        var postgres = database.Kind == DatabaseKind.PostgreSql;
        // Locked in the order of the ids: the relay may hold one of them until the broker has confirmed it.
        var found = (await connection.QueryAsync<(string Id, string Body)>(new(
            postgres
                ? $"SELECT CAST(order_id AS text), body FROM orders WHERE order_id = ANY (@ids) AND {NotErased} ORDER BY order_id FOR UPDATE"
                : $"SELECT order_id, body FROM orders WHERE order_id IN (SELECT value FROM json_each(@ids)) AND {NotErased}",
            new { ids = postgres ? (object)orders.ToArray() : JsonSerializer.Serialize(orders) }, transaction, cancellationToken: cancellationToken))).AsList();
        if (found.Count == 0)
            return 0;
        var now = time.GetUtcNow();
        return await connection.ExecuteAsync(new(
            $"UPDATE orders SET body = @Body, erased_at = @now WHERE order_id = {(postgres ? "CAST(@Id AS uuid)" : "@Id")}",
            found.Select(order => new { order.Id, Body = WithoutCustomer(order.Body), now = postgres ? (object)now : SqliteJournal.Text(now) }).ToList(), transaction, cancellationToken: cancellationToken));
    }

    private static string WithoutCustomer(string body)
    {
        var received = JsonSerializer.Deserialize<OrderReceived>(body, PlainJson.Options)!;
        return JsonSerializer.Serialize(received with { Order = received.Order with { Customer = new() } }, PlainJson.Options);
    }
}
