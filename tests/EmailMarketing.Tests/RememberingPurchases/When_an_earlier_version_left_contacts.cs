using Dapper;
using EmailMarketing.KeepingConsents;
using EmailMarketing.RememberingPurchases;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.Tests.RememberingPurchases;

public sealed class When_an_earlier_version_left_contacts
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.PostgreSql), InlineData(DatabaseKind.Sqlite)]
    public async Task They_are_shown_found_by_either_form_of_the_domain_and_hidden_by_a_withdrawal(DatabaseKind kind)
    {
        await using var service = await RunningEmailMarketing.Start(kind);
        var contacts = service.Services.GetRequiredService<Contacts>();
        await contacts.Remember(Purchase("both@xn--bcher-kva.example", "new", 1), An.Noon, None);
        await Leave(service.Database, Purchase("plain@x.example", "old", 0), Purchase("idn@bücher.example", "old", 0), Purchase("both@bücher.example", "old", 0), Purchase("gone@bücher.example", "old", 0));
        await service.Services.GetRequiredService<Consents>().Remember(Consent.Of(An.CustomerConsentChanged(email: "gone@xn--bcher-kva.example")), None);

        var shown = await contacts.After("", 10, None);

        Assert.Equal(["both@xn--bcher-kva.example", "idn@xn--bcher-kva.example", "plain@x.example"], shown.Select(contact => contact.Email));
        Assert.Equal(["new", "old", "old"], shown.Select(contact => contact.StoreId));
        Assert.NotNull(await contacts.Find("IDN@Bücher.example", None));
    }

    private static LastPurchase Purchase(string email, string store, int minute) =>
        new() { Email = email, StoreId = store, PurchasedAt = An.Noon.AddMinutes(minute), Amount = 5m, Currency = "EUR", OrderId = Guid.NewGuid() };

    /// <summary>Rows as they were written before contacts had a key.</summary>
    private static async Task Leave(ServiceDatabase database, params LastPurchase[] purchases)
    {
        await using System.Data.Common.DbConnection connection = database.Kind == DatabaseKind.Sqlite ? await database.OpenSqlite(None) : await database.Postgres.OpenConnectionAsync(None);
        foreach (var purchase in purchases)
            await connection.ExecuteAsync(
                $"INSERT INTO contacts (email, store_id, purchased_at, amount, currency, order_id) VALUES (@Email, @StoreId, '2026-11-20T12:00:00.000000Z', 5, 'EUR', '{purchase.OrderId:D}')", purchase);
    }
}
