using System.Data.Common;
using Contracts.CustomerResolution;
using ServiceDefaults.GroupingCommits;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.RememberingPurchases;

/// <summary>
/// One row per contact. The newest purchase wins whatever the order of arrival; two of the same instant are decided by the order's id, and
/// the same one again changes nothing. So any order and any repetition of events ends in the same row. An order belongs to whom the answer that was
/// asked for last names: a contact whose last purchase turned out to be another's is kept and not shown until there is a newer one, because earlier
/// purchases are not kept. Who may not be tracked is kept and not shown either.
/// </summary>
internal sealed class Contacts : IAsyncDisposable
{
    private const int LargestBatch = 500;
    private const string Columns = "email, name, store_id, purchased_at, amount, currency, order_id";

    /// <summary>What an INSERT of contacts does with one that is there.</summary>
    internal const string UnlessOlder =
        """
        ON CONFLICT (email) DO UPDATE SET
            customer_key = excluded.customer_key, name = excluded.name, store_id = excluded.store_id, purchased_at = excluded.purchased_at,
            amount = excluded.amount, currency = excluded.currency, order_id = excluded.order_id
        WHERE (excluded.purchased_at, excluded.order_id) > (contacts.purchased_at, contacts.order_id)
        """;

    // Looked up by key contact by contact: a page costs a few look-ups for each of its rows, however many links and consents there are.
    private const string MayBeShown =
        """
        customer_key = coalesce((SELECT l.customer_key FROM links l WHERE l.order_id = contacts.order_id), customer_key)
        AND (
            SELECT 1 FROM consents c
            WHERE c.customer_key = contacts.customer_key AND NOT c.may_be_tracked
                AND NOT EXISTS (SELECT 1 FROM consents a WHERE a.customer_key = c.customer_key AND a.reason = 'any' AND a.changed_at > c.changed_at)
            LIMIT 1) IS NULL
        """;

    private readonly ServiceDatabase _database;
    private readonly GroupCommit<ToldPurchase, bool> _remember;

    public Contacts([FromKeyedServices(EmailMarketingService.Name)] ServiceDatabase database)
    {
        _database = database;
        Func<IReadOnlyList<ToldPurchase>, CancellationToken, Task<IReadOnlyList<bool>>> write = database.Kind == DatabaseKind.PostgreSql
            ? (batch, token) => PostgresUpsert.Write(database.Postgres, batch, token)
            : (batch, token) => SqliteUpsert.Write(database, batch, token);
        // Purchases that arrive while a statement runs share the next one.
        _remember = new((batch, token) => database.Run(attempt => write(batch, attempt), token), LargestBatch);
    }

    /// <summary>True when the purchase is the last one that was told of the contact; false when the same or a later one was known already.</summary>
    /// <param name="purchase">The purchase, and whose it is.</param>
    /// <param name="askedAt">Since when that is known, UTC: what was asked for before does not take it back.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    public Task<bool> Remember(LastPurchase purchase, DateTimeOffset askedAt, CancellationToken cancellationToken) =>
        _remember.Add(new(purchase, CustomerKey.Of(purchase.Email), askedAt), cancellationToken);

    /// <summary>The contact with this address, however it is typed, or null.</summary>
    public async Task<LastPurchase?> Find(string email, CancellationToken cancellationToken)
    {
        var found = await Read("email = @email", "", command => Set(command, "email", LastPurchase.Key(email)), cancellationToken);
        return found.SingleOrDefault();
    }

    /// <summary>The next contacts in the order of their addresses, after one address.</summary>
    public Task<IReadOnlyList<LastPurchase>> After(string email, int count, CancellationToken cancellationToken) =>
        Read("email > @email", "ORDER BY email LIMIT @count", command =>
        {
            Set(command, "email", email);
            Set(command, "count", count);
        }, cancellationToken);

    public ValueTask DisposeAsync() => _remember.DisposeAsync();

    private Task<IReadOnlyList<LastPurchase>> Read(string which, string order, Action<DbCommand> set, CancellationToken cancellationToken) =>
        _database.RunPatiently<IReadOnlyList<LastPurchase>>(async token =>
        {
            await using DbConnection connection = _database.Kind == DatabaseKind.PostgreSql ? await _database.Postgres.OpenConnectionAsync(token) : await _database.OpenSqlite(token);
            await OlderContacts.AddKeys(_database, connection, token);
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {Columns} FROM contacts WHERE {which} AND {MayBeShown} {order}";
            set(command);
            await using var reader = await command.ExecuteReaderAsync(token);
            var contacts = new List<LastPurchase>();
            while (await reader.ReadAsync(token))
                contacts.Add(Contact(reader));
            return contacts;
        }, cancellationToken);

    private static LastPurchase Contact(DbDataReader row) => new()
    {
        Email = row.GetString(0),
        Name = row.IsDBNull(1) ? null : row.GetString(1),
        StoreId = row.GetString(2),
        PurchasedAt = row.GetFieldValue<DateTimeOffset>(3),
        Amount = row.GetDecimal(4),
        Currency = row.GetString(5),
        OrderId = row.GetGuid(6),
    };

    private static void Set(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
