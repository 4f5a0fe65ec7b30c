using Contracts.OrderIngest;
using MessageExamples;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.SendingToWebhook;

namespace ProfileStoreSender.Tests.SendingToWebhook;

public sealed class WebhookEventBuilderTests
{
    private static readonly Guid Id = new("0c6f6b57-94a3-5a51-8f9c-3f8a3c1f7b10"), Original = new("7a0d6f1e-5b52-5a43-9d3c-2f1f5d1d9e01");

    private static readonly Order Return = An.Order("000124") with { Kind = OrderKind.Return, OriginalReceipt = new() { OrderId = Original, StoreId = "S012", ReceiptNumber = "000099" } };

    [Fact]
    public Task Purchase() => ApprovedJson.Equal("SendingToWebhook", "purchased", Built(An.Order()).Body);

    [Fact]
    public Task Return_with_its_receipt() => ApprovedJson.Equal("SendingToWebhook", "returned", Built(Return with { OccurredAt = An.Noon.ToOffset(TimeSpan.FromHours(2)) }).Body);

    [Fact]
    public void Its_id_depends_on_nothing_but_order_and_kind()
    {
        var id = Built(An.Order()).TrackId;

        Assert.Equal(id, Built(An.Order("000124", card: "1")).TrackId);
        Assert.NotEqual(id, Built(Return).TrackId);
        Assert.NotEqual(id, WebhookEventBuilder.Build(Original, An.Order(), An.Customer()).TrackId);
        // A full stop would move the line between what is signed as id and what as time.
        Assert.DoesNotContain('.', id);
    }

    [Fact]
    public void Its_body_does_not_depend_on_when_the_customer_was_looked_up()
    {
        var customer = An.Customer();

        Assert.Equal(
            WebhookEventBuilder.Build(Id, An.Order(), customer).Body,
            WebhookEventBuilder.Build(Id, An.Order(), customer with { ConsentSeenAt = An.Noon, StatusSeenAt = An.Noon }).Body);
    }

    private static BuiltEvent Built(Order order) => WebhookEventBuilder.Build(Id, order, An.Customer("pat@shop.example"));
}
