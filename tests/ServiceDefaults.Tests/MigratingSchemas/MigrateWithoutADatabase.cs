using ServiceDefaults.MigratingSchemas;

namespace ServiceDefaults.Tests.MigratingSchemas;

public sealed class MigrateWithoutADatabase
{
    [Fact]
    public async Task It_says_that_there_is_nothing_to_apply()
    {
        using var said = new StringWriter();

        Assert.Equal(0, await MigrateCommand.Run(["migrate"], "CustomerResolution", null, A.Host([]), TimeProvider.System, said, said, A.Token));
        Assert.Contains("CustomerResolution has no database", said.ToString(), StringComparison.Ordinal);
    }
}
