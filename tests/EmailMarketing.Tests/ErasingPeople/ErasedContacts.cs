using Contracts.CustomerResolution;
using Dapper;
using EmailMarketing.ErasingPeople;
using EmailMarketing.KeepingConsents;
using EmailMarketing.RememberingPurchases;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.Tests.ErasingPeople;

/// <summary>Who is a contact after an erasure, whatever comes before and after it; written once and run on both databases.</summary>
public abstract class ErasedContacts(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private RunningEmailMarketing _service = null!;

    private Contacts Contacts => _service.Services.GetRequiredService<Contacts>();

    private ContactErasure Erasure => _service.Services.GetRequiredService<ContactErasure>();

    public async ValueTask InitializeAsync() => _service = await RunningEmailMarketing.Start(kind);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>P: a purchase, E: the erasure, C: consent given later than everything.</summary>
    [Theory]
    [InlineData("P E")]
    [InlineData("E P")]
    [InlineData("P E P")]
    [InlineData("P C E P")]
    [InlineData("E C P E")]
    [InlineData("P E E C P")]
    public async Task Nobody_comes_back(string story)
    {
        foreach (var step in story.Split(' '))
            await Arrive(step, "Pat@Shop.example");
        await Arrive("P", "sam@shop.example");

        Assert.Null(await Contacts.Find("pat@shop.example", None));
        Assert.NotNull(await Contacts.Find("sam@shop.example", None));
        Assert.Equal((1, 1), await Rows());
    }

    [Fact]
    public async Task Only_an_operator_makes_it_a_contact_again()
    {
        await Arrive("E", "pat@shop.example");
        Assert.False(await Erasure.Lift(CustomerKey.Of("sam@shop.example"), An.Noon.AddDays(2), None));
        Assert.True(await Erasure.Lift(CustomerKey.Of("pat@shop.example"), An.Noon.AddDays(2), None));
        Assert.False(await Erasure.Lift(CustomerKey.Of("pat@shop.example"), An.Noon.AddDays(2), None));
        // The same erasure asked for again is as old as it was.
        await Arrive("E", "pat@shop.example");
        await Arrive("P", "pat@shop.example");
        Assert.NotNull(await Contacts.Find("pat@shop.example", None));
    }

    private async Task Arrive(string step, string email)
    {
        switch (step)
        {
            case "P":
                var resolved = An.CustomerResolved(Guid.NewGuid(), customer: An.Customer(email));
                await Contacts.Remember(LastPurchase.Of(resolved)!, An.Noon, None);
                break;
            case "C":
                await _service.Services.GetRequiredService<Consents>().Remember(Consent.Of(An.CustomerConsentChanged(null, email, An.Noon.AddYears(1))), None);
                break;
            default:
                await Erasure.Erase(email, [Guid.NewGuid()], An.Noon.AddDays(1), None);
                break;
        }
    }

    private async Task<(long Contacts, long Links)> Rows()
    {
        await using System.Data.Common.DbConnection connection = kind == DatabaseKind.PostgreSql ? await _service.Database.Postgres.OpenConnectionAsync(None) : await _service.Database.OpenSqlite(None);
        return (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM contacts"), await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM links"));
    }
}

public sealed class ErasedContactsOnPostgres() : ErasedContacts(DatabaseKind.PostgreSql);

public sealed class ErasedContactsOnSqlite() : ErasedContacts(DatabaseKind.Sqlite);
