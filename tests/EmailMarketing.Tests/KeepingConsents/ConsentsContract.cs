using Contracts.CustomerResolution;
using EmailMarketing.KeepingConsents;
using EmailMarketing.RememberingPurchases;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.Tests.KeepingConsents;

/// <summary>Who is a contact after purchases and changes of consent, written once and run on both databases.</summary>
public abstract class ConsentsContract(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    /// <summary>
    /// P: a purchase; 1-9: since when; -: blocked, w: withdrawn, u: forbidden without a reason; +: all of it lifted by a change, b: the block lifted by a change;
    /// s: a provider saw no block, c: a provider saw consent.
    /// </summary>
    public static TheoryData<string, bool> Stories => new()
    {
        { "P", true },
        { "P -2", false },
        { "P -2 -1", false },
        { "P -2 +1", false },
        { "P -2 +2", false },
        { "P -2 +3", true },
        { "P -2 s1", false },
        { "P -2 s2", false },
        { "P -2 s3", true },
        { "P -2 s3 -4", false },
        { "P w2 s3", false },
        { "P w2 c2", false },
        { "P w2 c3", true },
        { "P -2 c3", false },
        { "P -2 w2 s3", false },
        { "P -2 w2 s3 c3", true },
        { "P -2 w2 b3", false },
        { "P -2 w2 +3", true },
        { "P u2 s3 c3", false },
        { "P u2 +3", true },
        { "-2 +3", false },
    };

    private RunningEmailMarketing _service = null!;

    private Contacts Contacts => _service.Services.GetRequiredService<Contacts>();

    private Consents Consents => _service.Services.GetRequiredService<Consents>();

    public async ValueTask InitializeAsync() => _service = await RunningEmailMarketing.Start(kind);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory, MemberData(nameof(Stories))]
    public async Task Any_order_of_arrival_ends_alike(string story, bool isContact)
    {
        var orders = Permutations(story.Split(' ')).ToList();
        for (var i = 0; i < orders.Count; i++)
        {
            foreach (var step in orders[i])
                await Arrive(step, $"one-by-one-{i}@x.example");
            await Task.WhenAll(orders[i].Select(step => Arrive(step, $"together-{i}@x.example")));
        }

        var found = new List<string>();
        for (var page = await Contacts.After("", 7, None); page.Count > 0; page = await Contacts.After(page[^1].Email, 7, None))
            found.AddRange(page.Select(contact => contact.Email));

        Assert.Equal(isContact ? 2 * orders.Count : 0, found.Count);
        foreach (var i in Enumerable.Range(0, orders.Count))
            Assert.Equal((isContact, isContact), (await Contacts.Find($"one-by-one-{i}@x.example", None) is not null, await Contacts.Find($"Together-{i}@x.example", None) is not null));
    }

    [Fact]
    public async Task Only_who_withdrew_is_left_out_and_pages_stay_full()
    {
        foreach (var i in Enumerable.Range(0, 30))
            await Arrive("P", $"c{i:00}@x.example");
        foreach (var i in Enumerable.Range(0, 30).Where(i => i % 2 == 1))
            await Arrive("-1", $"c{i:00}@x.example");

        var page = await Contacts.After("", 10, None);

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"c{2 * i:00}@x.example"), page.Select(contact => contact.Email));
    }

    private Task Arrive(string step, string email)
    {
        var at = step.Length > 1 ? An.Noon.AddMinutes(step[1] - '0') : An.Noon;
        return step[0] switch
        {
            'P' => Contacts.Remember(LastPurchase.Of(An.CustomerResolved(Guid.NewGuid(), customer: An.Customer(email)))!, An.Noon, None),
            's' => Consents.Remember(Assert.Single(Consent.Of(An.Customer(email) with { StatusSeenAt = at })), None),
            'c' => Consents.Remember(Assert.Single(Consent.Of(An.Customer(email) with { ConsentSeenAt = at })), None),
            'b' => Consents.Remember(Consent.Of(An.CustomerConsentChanged(SuppressionReason.Blocked, email, at) with { MayBeTracked = true }), None),
            'w' => Consents.Remember(Consent.Of(An.CustomerConsentChanged(SuppressionReason.ConsentWithdrawn, email, at)), None),
            'u' => Consents.Remember(Consent.Of(An.CustomerConsentChanged(null, email, at) with { MayBeTracked = false }), None),
            '+' => Consents.Remember(Consent.Of(An.CustomerConsentChanged(null, email, at)), None),
            '-' => Consents.Remember(Consent.Of(An.CustomerConsentChanged(SuppressionReason.Blocked, email.ToUpperInvariant(), at)), None),
            _ => throw new InvalidOperationException(step),
        };
    }

    private static IEnumerable<string[]> Permutations(string[] steps) => steps.Length <= 1
        ? [steps]
        : Enumerable.Range(0, steps.Length).SelectMany(i => Permutations([.. steps[..i], .. steps[(i + 1)..]]).Select(rest => (string[])[steps[i], .. rest]));
}

public sealed class ConsentsOnPostgres() : ConsentsContract(DatabaseKind.PostgreSql);

public sealed class ConsentsOnSqlite() : ConsentsContract(DatabaseKind.Sqlite);
