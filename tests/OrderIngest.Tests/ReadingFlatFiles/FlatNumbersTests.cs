using System.Globalization;
using System.Text;
using OrderIngest.ReadingFlatFiles;

namespace OrderIngest.Tests.ReadingFlatFiles;

public sealed class FlatNumbersTests
{
    [Theory]
    [InlineData('.', null, "1234.50", "1234.50")]
    [InlineData('.', null, " -0.5 ", "-0.5")]
    [InlineData('.', null, "12.50-", "-12.50")]
    [InlineData('.', null, "+7", "7")]
    [InlineData('.', null, "1.", "1")]
    [InlineData('.', null, ".5", "0.5")]
    [InlineData(',', null, "1234,50", "1234.50")]
    [InlineData(',', '.', "1.234.567,89", "1234567.89")]
    [InlineData(',', '.', "1234,50", "1234.50")]
    [InlineData('.', ',', "1,234.50", "1234.50")]
    [InlineData('.', '\'', "1'234.50", "1234.50")]
    [InlineData('.', '\'', "1’234.50", "1234.50")]
    [InlineData(',', ' ', "1 234,50", "1234.50")]
    [InlineData(',', ' ', "1\u00A0234,50", "1234.50")]
    [InlineData(',', ' ', "1\u202F234,50", "1234.50")]
    public void TryParse_reads(char sign, char? thousands, string text, string number)
    {
        Assert.True(new FlatNumbers(sign, thousands).TryParse(text.AsSpan(), out var read));
        Assert.Equal(number, read.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData('.', null, "1,5")]
    [InlineData('.', null, "1,234.50")]
    [InlineData('.', ',', "1,5")]
    [InlineData('.', ',', "1,2345")]
    [InlineData('.', ',', "1234,567")]
    [InlineData('.', ',', "1.234,567")]
    [InlineData(',', null, "1.5")]
    [InlineData(',', '.', "7.5")]
    [InlineData('.', null, "--1")]
    [InlineData('.', null, "-1-")]
    [InlineData('.', null, "1e5")]
    [InlineData('.', null, "-")]
    [InlineData('.', null, ".")]
    [InlineData('.', null, "")]
    [InlineData('.', null, "EUR 5")]
    [InlineData(',', null, "\n0,50")]
    [InlineData(',', null, "0,50\r")]
    [InlineData('.', null, "99999999999999999999999999999999")]
    public void TryParse_refuses_what_it_would_have_to_guess(char sign, char? thousands, string text)
    {
        Assert.False(new FlatNumbers(sign, thousands).TryParse(text.AsSpan(), out _));
        Assert.False(new FlatNumbers(sign, thousands).TryParse(Encoding.UTF8.GetBytes(text), out _));
    }
}
