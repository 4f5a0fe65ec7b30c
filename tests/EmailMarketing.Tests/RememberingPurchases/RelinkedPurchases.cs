using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Contracts.CustomerResolution;
using EmailMarketing.RememberingPurchases;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.Tests.RememberingPurchases;

/// <summary>Whose contact shows which order after it turned out to be another's, written once and run on both databases.</summary>
public abstract class RelinkedPurchases(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    /// <summary>Customer, order, asked for when; then which order a, b and c show. The greater order is the later purchase.</summary>
    public static TheoryData<string, string> Stories => new()
    {
        { "a11", "a1" },
        { "a11 b12", "b1" },
        { "a11 b12 c13", "c1" },
        { "a11 b12 a13", "a1" },
        { "a11 a22 b23", "b2" },
        { "a11 a22 b23 a34", "a3 b2" },
        { "a12 a21 b13", "a2 b1" },
        { "a12 b12", "b1" },
    };

    private RunningEmailMarketing _service = null!;

    private Contacts Contacts => _service.Services.GetRequiredService<Contacts>();

    public async ValueTask InitializeAsync() => _service = await RunningEmailMarketing.Start(kind);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory, MemberData(nameof(Stories))]
    public async Task Any_order_of_arrival_and_any_repetition_shows_the_same(string story, string shown)
    {
        string[] told = story.Split(' ');
        var orders = Permutations(told).Concat(Permutations(told).Select(order => order.Concat(order[..1]).ToArray())).ToList();
        for (var i = 0; i < orders.Count; i++)
        {
            foreach (var step in orders[i])
                await Tell(step, $"one-by-one-{i}");
            await Task.WhenAll(orders[i].Select(step => Tell(step, $"together-{i}")));
        }

        foreach (var world in Enumerable.Range(0, orders.Count).SelectMany(i => new[] { $"one-by-one-{i}", $"together-{i}" }))
        {
            var found = new List<string>();
            foreach (var customer in "abc")
                if (await Contacts.Find(Email(customer, world), None) is { } contact)
                    found.Add($"{customer}{contact.StoreId}");
            Assert.Equal((world, shown), (world, string.Join(' ', found)));
        }
        var expected = Enumerable.Range(0, orders.Count).SelectMany(i => shown.Split(' ').SelectMany(contact => new[] { Email(contact[0], $"one-by-one-{i}"), Email(contact[0], $"together-{i}") }));
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await Contacts.After("", 1_000, None)).Select(contact => contact.Email));
    }

    private Task<bool> Tell(string step, string world)
    {
        var (order, askedAt) = (step[1] - '0', step[2] - '0');
        var purchase = new LastPurchase
        {
            Email = Email(step[0], world),
            StoreId = $"{order}",
            PurchasedAt = An.Noon.AddMinutes(order),
            Amount = 5m,
            Currency = "EUR",
            OrderId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{world} {order}")).AsSpan(0, 16)),
        };
        return Contacts.Remember(purchase, An.Noon.AddHours(askedAt), None);
    }

    // At one instant the greater key wins: b's is greater than a's in every world.
    private static string Email(char customer, string world) => Emails.GetOrAdd((customer, world), _ => Enumerable.Range(0, 100_000)
        .Select(i => $"{customer}{i}-{world}@x.example").First(email => CustomerKey.Of(email)[0] == customer));

    private static readonly ConcurrentDictionary<(char, string), string> Emails = new();

    private static IEnumerable<string[]> Permutations(string[] steps) => steps.Length <= 1
        ? [steps]
        : Enumerable.Range(0, steps.Length).SelectMany(i => Permutations([.. steps[..i], .. steps[(i + 1)..]]).Select(rest => (string[])[steps[i], .. rest]));
}

public sealed class RelinkedPurchasesOnPostgres() : RelinkedPurchases(DatabaseKind.PostgreSql);

public sealed class RelinkedPurchasesOnSqlite() : RelinkedPurchases(DatabaseKind.Sqlite);
