using System.Data.Common;
using EmailMarketing.KeepingConsents;
using ServiceDefaults.GroupingCommits;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.RememberingPurchases;

/// <summary>
/// One row per contact. The newest purchase wins whatever the order of arrival; two of the same instant are decided by the order's id, and
/// the same one again changes nothing. So any order and any repetition of events ends in the same row. Who may not be tracked is kept and not
/// shown.
/// </summary>
internal sealed class Contacts : IAsyncDisposable
{
    private const int LargestBatch = 500;
    private const string Columns = "email, name, store_id, purchased_at, amount, currency, order_id";

    // Looked up by the key contact by contact: a page costs as many look-ups as it has rows, however many consents there are.
    private const string MayBeShownOnPostgres =
        "(SELECT may_be_tracked FROM consents WHERE customer_key = encode(sha256(convert_to(lower(email), 'UTF8')), 'hex')) IS NOT FALSE";

    private const string MayBeShownOnSqlite = "coalesce((SELECT may_be_tracked FROM consents WHERE customer_key = key_of(email)), 1)";

    private readonly ServiceDatabase _database;
    private readonly GroupCommit<LastPurchase, bool> _remember;

    public Contacts([FromKeyedServices(EmailMarketingService.Name)] ServiceDatabase database)
    {
        _database = database;
        Func<IReadOnlyList<LastPurchase>, CancellationToken, Task<IReadOnlyList<bool>>> write = database.Kind == DatabaseKind.PostgreSql
            ? (batch, token) => PostgresUpsert.Write(database.Postgres, batch, token)
            : (batch, token) => SqliteUpsert.Write(database, batch, token);
        // Purchases that arrive while a statement runs share the next one.
        _remember = new((batch, token) => database.Run(attempt => write(batch, attempt), token), LargestBatch);
    }

    /// <summary>True when the purchase is now the contact's last one; false when the same or a later one was known already.</summary>
    public Task<bool> Remember(LastPurchase purchase, CancellationToken cancellationToken) => _remember.Add(purchase, cancellationToken);

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
            await using var connection = await Open(token);
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {Columns} FROM contacts WHERE {which} AND {(_database.Kind == DatabaseKind.PostgreSql ? MayBeShownOnPostgres : MayBeShownOnSqlite)} {order}";
            set(command);
            await using var reader = await command.ExecuteReaderAsync(token);
            var contacts = new List<LastPurchase>();
            while (await reader.ReadAsync(token))
                contacts.Add(Contact(reader));
            return contacts;
        }, cancellationToken);

    private async Task<DbConnection> Open(CancellationToken cancellationToken)
    {
        if (_database.Kind == DatabaseKind.PostgreSql)
            return await _database.Postgres.OpenConnectionAsync(cancellationToken);
        var connection = await _database.OpenSqlite(cancellationToken);
        // SQLite has no SHA-256 of its own.
        connection.CreateFunction("key_of", (string email) => CustomerKey.Of(email), isDeterministic: true);
        return connection;
    }

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
