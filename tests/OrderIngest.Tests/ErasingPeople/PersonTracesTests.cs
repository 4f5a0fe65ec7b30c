using System.Text;
using OrderIngest.ErasingPeople;

namespace OrderIngest.Tests.ErasingPeople;

public sealed class PersonTracesTests
{
    private static readonly PersonTraces Pat = new(["pat+x@shop.example", " 2900000000017 ", ""]);

    [Theory]
    [InlineData("""{"email":"pat+x@shop.example"}""", true)]
    [InlineData("""{"email":"pat\u002Bx@shop.example"}""", true)]
    [InlineData("<Email>PAT+X@Shop.example</Email>", true)]
    [InlineData("email=pat%2Bx%40shop.example", true)]
    [InlineData("S012;2900000000017;9.90", true)]
    [InlineData("S012;2900000000018;9.90;pat@shop.example", false)]
    [InlineData("", false)]
    public void It_finds_them_however_a_format_writes_them(string text, bool found)
    {
        Assert.Equal(found, Pat.In(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(found, Pat.In(Encoding.Unicode.GetBytes(text)));
        Assert.Equal(found, Pat.In([0xE5, 0xFF, .. Encoding.Latin1.GetBytes(text)]));
    }

    [Fact]
    public void Who_is_nobody_is_found_nowhere()
    {
        Assert.False(new PersonTraces(["", " ", "ab"]).In("ab"u8.ToArray()));
        Assert.False(Pat.In(null));
    }
}
