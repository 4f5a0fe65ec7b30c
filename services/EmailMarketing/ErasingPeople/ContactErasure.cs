using System.Data.Common;
using System.Text.Json;
using Contracts.CustomerResolution;
using Dapper;
using EmailMarketing.KeepingConsents;
using EmailMarketing.RememberingPurchases;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.ErasingPeople;

/// <summary>
/// Deletes a person's contact, and leaves a word under the hash of the address: a purchase of theirs that arrives later makes no contact. Other words, consent above
/// all, do not lift this one; <see cref="Lift"/> does.
/// </summary>
internal sealed class ContactErasure([FromKeyedServices(EmailMarketingService.Name)] ServiceDatabase database)
{
    private const string Word = $"INSERT INTO consents (customer_key, reason, may_be_tracked, changed_at) VALUES (@key, 'erased', @allowed, @at) {Consents.Newer}";

    /// <summary>Answers how many rows were deleted. May be repeated.</summary>
    public Task<long> Erase(string? email, IReadOnlyList<Guid> orders, DateTimeOffset requestedAt, CancellationToken cancellationToken) => Write(async (connection, transaction) =>
    {
        var postgres = database.Kind == DatabaseKind.PostgreSql;
        long rows = 0;
        if (email is not null)
        {
            var values = new { email = LastPurchase.Key(email), key = CustomerKey.Of(email), allowed = false, at = At(requestedAt) };
            await connection.ExecuteAsync(Word, values, transaction);
            rows += await connection.ExecuteAsync("DELETE FROM contacts WHERE email = @email OR customer_key = @key", values, transaction);
            rows += await connection.ExecuteAsync("DELETE FROM links WHERE customer_key = @key", values, transaction);
        }
        return rows + await connection.ExecuteAsync(
            $"DELETE FROM links WHERE order_id {(postgres ? "= ANY (@orders)" : "IN (SELECT value FROM json_each(@orders))")}",
            new { orders = postgres ? (object)orders.ToArray() : JsonSerializer.Serialize(orders) }, transaction);
    }, false, cancellationToken);

    /// <summary>Purchases of the person make a contact again. False where the person was not erased.</summary>
    public Task<bool> Lift(string customerKey, DateTimeOffset now, CancellationToken cancellationToken) => Write(async (connection, transaction) =>
    {
        if (await connection.QuerySingleAsync<long>("SELECT count(*) FROM consents WHERE customer_key = @customerKey AND reason = 'erased' AND NOT may_be_tracked", new { customerKey }, transaction) == 0)
            return false;
        await connection.ExecuteAsync(Word, new { key = customerKey, allowed = true, at = At(now) }, transaction);
        return true;
    }, true, cancellationToken);

    private object At(DateTimeOffset at) =>
        database.Kind == DatabaseKind.PostgreSql ? at.ToUniversalTime() : at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, bool patiently, CancellationToken cancellationToken) => patiently
        ? database.RunPatiently(token => database.InTransaction(work, token), cancellationToken)
        : database.Run(token => database.InTransaction(work, token), cancellationToken);
}
