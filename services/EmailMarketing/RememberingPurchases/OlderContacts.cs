using System.Data.Common;
using Contracts.CustomerResolution;
using Dapper;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.RememberingPurchases;

/// <summary>Contacts that an earlier version wrote have no key, and an internationalised domain as it was typed. Both are put right before anybody reads.</summary>
internal static class OlderContacts
{
    private const string WithoutKey = "SELECT email FROM contacts WHERE customer_key IS NULL ORDER BY email LIMIT 500";
    private const string AddKey = "UPDATE contacts SET customer_key = @key WHERE email = @email";

    private const string Move =
        $"""
        INSERT INTO contacts (email, customer_key, name, store_id, purchased_at, amount, currency, order_id)
        SELECT @normal, @key, name, store_id, purchased_at, amount, currency, order_id FROM contacts WHERE email = @email
        {Contacts.UnlessOlder};
        DELETE FROM contacts WHERE email = @email
        """;

    public static async Task AddKeys(ServiceDatabase database, DbConnection reading, CancellationToken cancellationToken)
    {
        while ((await reading.QueryAsync<string>(new(WithoutKey, cancellationToken: cancellationToken))).AsList() is { Count: > 0 } emails)
        {
            if (database.Kind == DatabaseKind.Sqlite)
            {
                await database.WriteSqlite((connection, transaction) => Write(connection, transaction, emails, cancellationToken), cancellationToken);
                continue;
            }
            await using var transaction = await reading.BeginTransactionAsync(cancellationToken);
            await Write(reading, transaction, emails, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task<int> Write(DbConnection connection, DbTransaction transaction, List<string> emails, CancellationToken cancellationToken)
    {
        foreach (var email in emails)
        {
            var normal = LastPurchase.Key(email);
            await connection.ExecuteAsync(new(normal == email ? AddKey : Move, new { email, normal, key = CustomerKey.Of(email) }, transaction, cancellationToken: cancellationToken));
        }
        return emails.Count;
    }
}
