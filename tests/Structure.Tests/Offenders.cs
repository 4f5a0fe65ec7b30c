namespace Structure.Tests;

internal static class Offenders
{
    /// <summary>Names every one of them, not only how many or which comes first.</summary>
    public static void None(IEnumerable<string> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
