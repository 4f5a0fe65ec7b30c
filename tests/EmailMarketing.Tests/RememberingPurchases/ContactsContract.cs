using Contracts.CustomerResolution;
using EmailMarketing.RememberingPurchases;
using FsCheck;
using FsCheck.Fluent;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.Tests.RememberingPurchases;

/// <summary>What the projection promises, written once and run on both databases.</summary>
public abstract class ContactsContract(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private RunningEmailMarketing _service = null!;

    private Contacts Contacts => _service.Services.GetRequiredService<Contacts>();

    public async ValueTask InitializeAsync() => _service = await RunningEmailMarketing.Start(kind);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Remember_keeps_every_part_of_a_purchase()
    {
        var purchase = Purchase("a@x.example", 1, 0) with { Name = "Zoë \"Z\" O'Neil, jr.", Amount = 1234567.8905m };

        Assert.True(await Contacts.Remember(purchase, An.Noon, None));

        Assert.Equal(purchase, await Contacts.Find("a@x.example", None));
    }

    [Fact]
    public async Task Remember_without_a_name_finds_none()
    {
        await Contacts.Remember(Purchase("a@x.example", 1, 0) with { Name = null }, An.Noon, None);

        Assert.Null((await Contacts.Find("a@x.example", None))!.Name);
    }

    [Fact]
    public async Task Find_does_not_mind_letter_case_and_blanks()
    {
        await Contacts.Remember(Purchase("a@x.example", 1, 0), An.Noon, None);

        Assert.NotNull(await Contacts.Find(" A@X.Example ", None));
    }

    [Fact]
    public async Task Find_of_nobody_is_null() => Assert.Null(await Contacts.Find("nobody@x.example", None));

    [Fact]
    public async Task An_older_purchase_that_arrives_late_changes_nothing()
    {
        await Contacts.Remember(Purchase("a@x.example", 1, 5), An.Noon, None);

        Assert.False(await Contacts.Remember(Purchase("a@x.example", 2, 4), An.Noon, None));

        Assert.Equal(Purchase("a@x.example", 1, 5), await Contacts.Find("a@x.example", None));
    }

    [Fact]
    public async Task The_same_purchase_again_changes_nothing()
    {
        await Contacts.Remember(Purchase("a@x.example", 1, 5), An.Noon, None);

        Assert.False(await Contacts.Remember(Purchase("a@x.example", 1, 5), An.Noon, None));
    }

    [Fact]
    public async Task Of_two_purchases_at_one_instant_the_greater_order_id_wins_either_way_round()
    {
        await Contacts.Remember(Purchase("a@x.example", 7, 5), An.Noon, None);
        await Contacts.Remember(Purchase("a@x.example", 200, 5), An.Noon, None);
        await Contacts.Remember(Purchase("b@x.example", 200, 5), An.Noon, None);
        await Contacts.Remember(Purchase("b@x.example", 7, 5), An.Noon, None);

        Assert.Equal(Purchase("a@x.example", 200, 0).OrderId, (await Contacts.Find("a@x.example", None))!.OrderId);
        Assert.Equal(Purchase("b@x.example", 200, 0).OrderId, (await Contacts.Find("b@x.example", None))!.OrderId);
    }

    [Fact]
    public async Task After_pages_through_all_contacts_once_in_order()
    {
        var emails = Enumerable.Range(0, 25).Select(i => $"{(char)('a' + (i * 7 % 25))}@x.example").ToList();
        await Task.WhenAll(emails.Select((email, i) => Contacts.Remember(Purchase(email, i, i), An.Noon, None)));

        var paged = new List<string>();
        for (var page = await Contacts.After("", 10, None); page.Count > 0; page = await Contacts.After(paged[^1], 10, None))
            paged.AddRange(page.Select(contact => contact.Email));

        Assert.Equal(emails.Order(StringComparer.Ordinal), paged);
    }

    [Fact]
    public void Any_order_and_repetition_of_purchases_ends_in_the_same_contact()
    {
        var cases = 0;
        var purchase = Gen.Choose(0, 255).SelectMany(_ => Gen.Choose(0, 4), (id, minute) => (Id: id, Minute: minute));
        var arrivals = purchase.NonEmptyListOf().SelectMany(
            sales => Gen.Shuffle(sales.Concat(sales.Take(sales.Count / 2)).ToArray()),
            (sales, order) => (Sales: sales, Order: order));
        Prop.ForAll(arrivals.SelectMany(_ => Gen.Choose(0, 1), (arrival, together) => (arrival.Sales, arrival.Order, Together: together == 1)).ToArbitrary(), arrival =>
        {
            // Each case has a contact of its own in the one database.
            var email = $"case{++cases}@x.example";
            var purchases = arrival.Order.Select(sale => Purchase(email, sale.Id, sale.Minute)).ToList();
            Arrive(purchases, arrival.Together).GetAwaiter().GetResult();

            var last = arrival.Sales.Select(sale => Purchase(email, sale.Id, sale.Minute)).OrderBy(sale => sale.PurchasedAt).ThenBy(sale => sale.OrderId).Last();
            return Contacts.Find(email, None).GetAwaiter().GetResult() == last;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithQuietOnSuccess(true));

        // Together they share statements, one after another they do not: both must come to the same.
        async Task Arrive(List<LastPurchase> purchases, bool together)
        {
            if (together)
                await Task.WhenAll(purchases.Select(sale => Contacts.Remember(sale, An.Noon, None)));
            else
                foreach (var sale in purchases)
                    await Contacts.Remember(sale, An.Noon, None);
        }
    }

    // All that a purchase says follows from its order's id, as in life: one id never tells of two different sales at one instant.
    private static LastPurchase Purchase(string email, int id, int minute) => new()
    {
        Email = email,
        Name = $"Name {id}",
        StoreId = $"S{id}",
        PurchasedAt = An.Noon.AddMinutes(minute),
        Amount = id + 0.25m,
        Currency = "EUR",
        // Of one contact the greater id has the greater order; no order is two contacts'.
        OrderId = new Guid($"{id:x2}000000-0000-5000-8000-{CustomerKey.Of(email)[..12]}"),
    };
}

public sealed class ContactsOnPostgres() : ContactsContract(DatabaseKind.PostgreSql);

public sealed class ContactsOnSqlite() : ContactsContract(DatabaseKind.Sqlite);
