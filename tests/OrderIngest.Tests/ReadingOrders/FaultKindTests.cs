using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingOrders;

public sealed class FaultKindTests
{
    [Theory]
    [InlineData("$.lines[2].sku", "is required", "lines[].sku is required")]
    [InlineData("$.lines[17].sku", "is required", "lines[].sku is required")]
    [InlineData("$", "must be a JSON object", "must be a JSON object")]
    [InlineData("$", "is not valid JSON of at most 16 levels: see line 1, byte 9", "is not valid JSON of at most 16 levels: see line #, byte #")]
    [InlineData("row 12, currency", "is not a currency code of ISO 4217", "currency is not a currency code of ISO 4217")]
    [InlineData("row 12", "has 5 fields where the header has 33", "has # fields where the header has #")]
    [InlineData("row 12, store_id", "differs from row 11 of the same order", "store_id differs from row # of the same order")]
    [InlineData("row 12", "is longer than 65536 bytes; only these are kept", "is longer than 65536 bytes; only these are kept")]
    [InlineData("line 77, position 4", "is not well-formed XML, or refers to an entity", "is not well-formed XML, or refers to an entity")]
    [InlineData("line 77, Transaction", "has no end tag before the next one begins", "Transaction has no end tag before the next one begins")]
    [InlineData("LineItem 3, quantity", "must be a number with a decimal point", "LineItem, quantity must be a number with a decimal point")]
    [InlineData("$.line_items[0], sku", "is required", "line_items[], sku is required")]
    [InlineData("occurredAt", "must be a time like 2026-11-20T17:12:00+01:00", "occurredAt must be a time like 2026-11-20T17:12:00+01:00")]
    [InlineData("row 3, a\u0000\u0007b", "is odd", "a b is odd")]
    public void A_kind_is_the_fault_without_its_place(string at, string says, string kind) => Assert.Equal(kind, FaultKind.Of(new Fault(at, says)));

    [Fact]
    public void Each_kind_is_there_once() =>
        Assert.Equal(["sku is required", "kind must be sale or return"], FaultKind.Of([new("row 2, sku", "is required"), new("row 3, sku", "is required"), new("row 2, kind", "must be sale or return")]));

    [Fact]
    public void Input_without_faults_would_have_changed_an_order() => Assert.Equal(["was accepted before with other content"], FaultKind.Of([]));

    [Fact]
    public void A_kind_is_bounded_and_whole() => Assert.Equal($"{new string('a', 199)}", FaultKind.Of(new Fault($"{new string('a', 199)}\U0001F600", "is odd")));
}
