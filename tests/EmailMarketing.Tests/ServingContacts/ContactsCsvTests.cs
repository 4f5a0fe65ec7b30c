using EmailMarketing.RememberingPurchases;
using EmailMarketing.ServingContacts;
using FsCheck;
using FsCheck.Fluent;
using MessageExamples;

namespace EmailMarketing.Tests.ServingContacts;

public sealed class ContactsCsvTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("Pat Example", "Pat Example")]
    [InlineData("O'Neil, jr.", "\"O'Neil, jr.\"")]
    [InlineData("Zoë \"Z\"", "\"Zoë \"\"Z\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+44", "'+44")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("\t=1+1", "'\t=1+1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("=HYPERLINK(\"http://x.example\",\"y\")", "\"'=HYPERLINK(\"\"http://x.example\"\",\"\"y\"\")\"")]
    public void Cell_is_quoted_where_needed_and_never_a_formula(string? value, string expected) => Assert.Equal(expected, ContactsCsv.Cell(value));

    [Fact]
    public void Cell_never_begins_with_a_sign_whatever_the_value() =>
        Prop.ForAll<NonNull<string>>(value =>
        {
            var cell = ContactsCsv.Cell(value.Item);
            var content = (cell.StartsWith('"') ? cell[1..] : cell).TrimStart();
            return content.Length == 0 || !"=+-@".Contains(content[0], StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_have_utc_times_and_plain_numbers()
    {
        var contact = new LastPurchase { Email = "a@x.example", StoreId = "S1", PurchasedAt = An.Noon.AddMilliseconds(5), Amount = 1234.50m, Currency = "EUR", OrderId = Guid.Empty };

        Assert.Equal("a@x.example,,S1,2026-11-20T12:00:00.005Z,1234.50,EUR,00000000-0000-0000-0000-000000000000\r\n", ContactsCsv.Rows([contact]));
    }
}
