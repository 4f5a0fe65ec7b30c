using OrderIngest.Tests.ReadingFlatFiles;

namespace OrderIngest.Tests.RunningTheService;

public sealed class When_a_setting_of_flat_files_is_wrong
{
    [Theory]
    [InlineData("Columns:line.skew", "item", "is not the name of a field; near ones are line.sku")]
    [InlineData("Columns:shop", "item", "is not the name of a field")]
    [InlineData("Columns:line.sku", " ", "is empty")]
    [InlineData("Columns:line.sku", "#0", "counts columns from #1")]
    [InlineData("Delimiter", ":", "is none of , ; | and tab")]
    [InlineData("DecimalSign", "'", "is neither . nor ,")]
    [InlineData("ThousandsSeparator", "_", "is none of")]
    [InlineData("ThousandsSeparator", ".", "is the same as DecimalSign")]
    [InlineData("DateFormat", "dd.MM", "is no .NET format that a date can be read by")]
    [InlineData("DateFormat", "yyyy-mm-dd", "is no .NET format that a date can be read by")]
    [InlineData("TimeFormat", "HH:mm", "for a time in a column of its own configure Columns:occurredTime")]
    [InlineData("TimeFormat", "dd.MM.yyyy hh:mm", "is no .NET format that a date with its time can be read by")]
    [InlineData("DayEndsAt", "13:00", "is not between 00:00 and 12:00")]
    [InlineData("Kinds:X", "buy", "is none of sale, return and skip")]
    [InlineData("Flags:X", "maybe", "is neither true nor false")]
    [InlineData("Rows:HeaderRows", "3", "is none of 0, 1 and 2")]
    [InlineData("Rows:HeaderRows", "0", "so Columns must say where each field is")]
    [InlineData("Rows:Order", "H", "")]
    [InlineData("Rows:LineOrderId", "id", "")]
    public void It_is_named_with_what_would_do(string key, string value, string says)
    {
        var faults = FlatSource.Options((key, value)).Faults().ToList();
        var named = key switch { "Rows:Order" => "Rows:TypeColumn", "Rows:LineOrderId" => "Rows:OrderId", _ => key };
        Assert.Contains(faults, fault => fault.Key == named && fault.Says.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Rows:TypeColumn=#1", "Rows:Order")]
    [InlineData("Rows:TypeColumn=#1|Rows:Order=H|Rows:Line=h", "Rows:Line")]
    [InlineData("Rows:TypeColumn=Type|Rows:Order=H|Rows:Line=L|Rows:HeaderRows=0", "Rows:TypeColumn")]
    [InlineData("Rows:TypeColumn=#1|Rows:Order=H|Rows:Line=L|Rows:OrderId=a|Rows:LineOrderId=b", "Rows:LineOrderId")]
    [InlineData("Rows:OrderId=a+b|Rows:LineOrderId=c", "Rows:LineOrderId")]
    [InlineData("Rows:HeaderRows=2", "Rows:HeaderRows")]
    [InlineData("Rows:HeaderRows=0|Columns:storeId=Shop", "Columns:storeId")]
    [InlineData("Columns:storeId=Shop|Columns:store_id=Branch", "Columns:store_id")]
    [InlineData("Columns:occurredTime=t|TimeFormat=yyyy-MM-dd", "TimeFormat")]
    public void What_does_not_go_together_is_named(string settings, string key)
    {
        var pairs = settings.Split('|').Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1])).ToArray();
        Assert.Contains(FlatSource.Options(pairs).Faults(), fault => fault.Key == key);
    }

    [Theory]
    [InlineData("Columns:line.skew", "item")]
    [InlineData("Rows:TypeColumn", "=x")]
    public async Task The_service_does_not_start_and_names_the_key(string key, string value)
    {
        await using var database = new SqliteFile();
        var exception = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => RunningIngest.Start(database.ConnectionString, new() { [$"OrderIngest:Sources:pos:{key}"] = value }));
        Assert.Contains($"OrderIngest:Sources:pos:{key}", exception.Message, StringComparison.Ordinal);
    }
}
