using Benchmarks.Reporting;

namespace Benchmarks.Tests.Reporting;

public sealed class MarkdownTableTests
{
    [Fact]
    public void Columns_line_up_with_names_to_the_left_and_figures_to_the_right() =>
        Assert.Equal(
            """
            | program    | µs/order |
            | ---------- | -------: |
            | PostgreSQL |      420 |
            | all        |    1,200 |

            """.ReplaceLineEndings("\n"),
            $"{new MarkdownTable("program", "µs/order").Row("PostgreSQL", 419.6).Row("all", 1200)}");

    [Theory]
    [InlineData(1234567.8, "1,234,568")]
    [InlineData(99.94, "99.9")]
    [InlineData(1.234, "1.23")]
    [InlineData(0.6, "0.600")]
    [InlineData(-0.25, "-0.250")]
    [InlineData(10_000_000, "10,000,000")]
    [InlineData(7L, "7")]
    [InlineData(null, "missing")]
    [InlineData("a|b", "a\\|b")]
    public void Text_keeps_the_digits_that_mean_something(object? value, string expected) => Assert.Equal(expected, MarkdownTable.Text(value));

    [Fact]
    public void A_row_of_another_length_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new MarkdownTable("a", "b").Row("only one"));
}
