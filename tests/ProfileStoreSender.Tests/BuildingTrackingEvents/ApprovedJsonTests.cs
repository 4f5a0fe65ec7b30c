using System.Text.Json;
using Contracts.OrderIngest;
using MessageExamples;
using ProfileStoreSender.BuildingTrackingEvents;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.Tests.BuildingTrackingEvents;

/// <summary>
/// The exact bytes that are sent, per kind of order. Queries of marketers rely on these names: a change shows as a difference to a stored file,
/// and the file is only changed on purpose (run with APPROVE_INTO set to the folder of the stored files to write what is built now).
/// </summary>
public sealed class ApprovedJsonTests
{
    private static readonly Guid Id = new("0c6f6b57-94a3-5a51-8f9c-3f8a3c1f7b10");

    private static readonly TrackingEventBuilder Builder = new(new ProfileStoreOptions { Scope = "webshop" });

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public Task Sale() => Approve("sale", An.Order());

    [Fact]
    public Task Return_with_its_receipt() => Approve("return", An.Order("000124") with
    {
        Kind = OrderKind.Return,
        OriginalReceipt = new() { OrderId = new("7a0d6f1e-5b52-5a43-9d3c-2f1f5d1d9e01"), StoreId = "S012", RegisterId = "1", ReceiptNumber = "000099", BusinessDate = new(2026, 11, 2) },
    });

    [Fact]
    public Task Sale_by_order_number_with_the_least_of_everything() => Approve("minimal", An.Order() with
    {
        RegisterId = null,
        ReceiptNumber = null,
        OrderNumber = "ERP-4711",
        OccurredAt = new(2026, 11, 20, 23, 59, 59, 7, TimeSpan.FromHours(2)),
        Lines = [new() { Number = 1, Sku = "MÜTZE \"W\"", Quantity = 1, UnitPrice = 10, Total = 10 }],
        Totals = new() { Gross = 10 },
    });

    private static async Task Approve(string kind, Order order)
    {
        var built = Builder.Build(Id, order, An.Customer(" Pat@Shop.Example "));
        using var json = JsonDocument.Parse(built.Body);
        var actual = JsonSerializer.Serialize(json.RootElement, Indented).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE_INTO") is { Length: > 0 } folder)
            await File.WriteAllTextAsync(Path.Combine(folder, $"{kind}.json"), actual, TestContext.Current.CancellationToken);
        var approved = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "BuildingTrackingEvents", "Approved", $"{kind}.json"), TestContext.Current.CancellationToken);
        Assert.Equal(approved.ReplaceLineEndings("\n"), actual);
    }
}
