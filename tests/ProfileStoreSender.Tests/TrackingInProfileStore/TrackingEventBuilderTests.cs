using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using FsCheck;
using FsCheck.Fluent;
using MessageExamples;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.TrackingInProfileStore;

namespace ProfileStoreSender.Tests.TrackingInProfileStore;

public sealed class TrackingEventBuilderTests
{
    private const string Email = "Jo.Person@Personal.Example", Card = "CARD-7700112233", Phone = "+49-555-0199", Name = "Jo Person-Name", Number = "CUSTOMER-99";

    private static readonly TrackingEventBuilder Builder = new(new ProfileStoreOptions());

    private static readonly Gen<decimal> Money = Gen.Choose(0, 1_000_000).Select(cents => cents / 100m);

    // Any text a till might send, lone halves of surrogate pairs, controls and quotes included.
    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Item);

    private static readonly Gen<OrderLine> Line =
        from sku in Text
        from description in Text
        from unit in Gen.Elements("pcs", "kg", null!)
        from quantity in Gen.Choose(1, 100_000)
        from price in Money
        from total in Money
        select new OrderLine { Number = 1, Sku = sku, Description = description, Unit = unit, Quantity = quantity / 1000m, UnitPrice = price, Total = total };

    private static readonly Gen<Order> Orders =
        from store in Text
        from register in Text
        from receipt in Gen.Elements("1", "", null!)
        from number in Gen.Elements("E-1", "", null!)
        from kind in Gen.Elements(OrderKind.Sale, OrderKind.Return)
        from lines in Line.NonEmptyListOf()
        from gross in Money
        from ticks in Gen.Choose(0, 2_000_000_000)
        from hours in Gen.Choose(-14, 14)
        from original in Gen.Elements(null!, new ReceiptReference(), new ReceiptReference { StoreId = "S" })
        select An.Order() with
        {
            StoreId = store,
            RegisterId = register,
            ReceiptNumber = receipt,
            OrderNumber = number,
            Kind = kind,
            Lines = [.. lines],
            Totals = new() { Gross = gross },
            OccurredAt = new(new DateTime(1970, 1, 2).AddSeconds(ticks), TimeSpan.FromHours(hours)),
            OriginalReceipt = original,
            Customer = new() { Email = Email, LoyaltyCard = Card, Phone = Phone, CustomerNumber = Number },
        };

    private static Customer Person => new() { Email = Email, Name = Name, ExternalId = Number, Origin = CustomerOrigin.Order };

    [Fact]
    public void Build_never_throws_and_gives_what_the_api_requires() => Prop.ForAll(Arb.From(Orders), order =>
    {
        using var json = JsonDocument.Parse(Builder.Build(Guid.NewGuid(), order, Person).Body);
        return Required(json, "deviceId") && Required(json, "eventType") && Required(json, "value")
            && json.RootElement.GetProperty("eventTime").GetString()!.EndsWith('Z')
            && json.RootElement.GetProperty("payload").GetProperty("order").GetProperty("items").GetArrayLength() == order.Lines.Count;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Build_is_the_same_each_time() => Prop.ForAll(Arb.From(Orders), order =>
    {
        var id = Guid.NewGuid();
        var (first, second) = (Builder.Build(id, order, Person), new TrackingEventBuilder(new ProfileStoreOptions()).Build(id, order, Person));
        return first.TrackId == second.TrackId && first.Body.AsSpan().SequenceEqual(second.Body);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Build_puts_nothing_personal_outside_user() => Prop.ForAll(Arb.From(Orders), order =>
    {
        using var json = JsonDocument.Parse(Builder.Build(Guid.NewGuid(), order, Person).Body);
        var outside = string.Concat(json.RootElement.EnumerateObject().Where(property => property.Name != "user").Select(property => property.ToString()));
        return !new[] { Email, Card, Phone, Name, Number }.Any(personal => outside.Contains(personal, StringComparison.OrdinalIgnoreCase));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TrackId_differs_by_order_and_by_event_type()
    {
        var id = Guid.NewGuid();
        var sale = Builder.TrackId(id, An.Order());

        Assert.NotEqual(sale, Builder.TrackId(Guid.NewGuid(), An.Order()));
        Assert.NotEqual(sale, Builder.TrackId(id, An.Order() with { Kind = OrderKind.Return }));
        Assert.Equal('5', sale[14]);
    }

    /// <summary>Pinned: another id for a known order would be a second event at the destination.</summary>
    [Fact]
    public void TrackId_never_changes() =>
        Assert.Equal("7e174379-1f70-5c2c-97b7-377440140aec", Builder.TrackId(new("0c6f6b57-94a3-5a51-8f9c-3f8a3c1f7b10"), An.Order()));

    /// <summary>The example of RFC 9562, appendix A.4.</summary>
    [Fact]
    public void NameBasedId_is_what_the_standard_says() =>
        Assert.Equal(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), NameBasedId.Create(new("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"));

    [Theory]
    [InlineData(" Pat@Shop.Example\t")]
    [InlineData("pat@shop.example")]
    public void DeviceId_is_one_per_address_however_it_is_written(string email)
    {
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("pat@shop.example"))), Builder.DeviceId(email));
        Assert.Equal("pat@shop.example", new TrackingEventBuilder(new() { DeviceId = DeviceIdKind.Email }).DeviceId(email));
        Assert.Equal("tills", new TrackingEventBuilder(new() { DeviceId = DeviceIdKind.Constant, ConstantDeviceId = "tills" }).DeviceId(email));
    }

    /// <summary>A web site with the published add-on hashes what it has; in-store events must do the same to meet it.</summary>
    [Fact]
    public void DeviceId_leaves_the_address_alone_when_told() => Assert.Equal(
        Convert.ToHexStringLower(SHA256.HashData("Pat@Shop.Example"u8)),
        new TrackingEventBuilder(new() { DeviceId = DeviceIdKind.EmailHashAsIs }).DeviceId("Pat@Shop.Example"));

    [Fact]
    public void Value_reads_like_a_sentence()
    {
        Assert.Equal("Bought 3 items for 38.16 EUR in store S012", ValueSentence.Fill(new ProfileStoreOptions().ValueTemplate, An.Order(), "n"));
        var one = An.Order() with { Lines = [An.Order().Lines[1]], Totals = new() { Gross = 2.5m } };
        Assert.Equal("Returned 1 item for 2.50 EUR in store S012", ValueSentence.Fill(new ProfileStoreOptions().ReturnValueTemplate, one, "n"));
        Assert.Equal("n 2026-11-20 3", ValueSentence.Fill("{orderNo} {date} {count}", An.Order(), "n"));
    }

    private static bool Required(JsonDocument json, string name) => !string.IsNullOrWhiteSpace(json.RootElement.GetProperty(name).GetString());
}
