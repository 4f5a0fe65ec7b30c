using FaultLab.BuildingMutants;
using FaultLab.PlayingActs;

namespace FaultLab.Tests.BuildingMutants;

public sealed class PatchTests
{
    private static readonly Mutant Example = new("example", "ledger", "nothing", "OrderIngest", "File.cs", "on = true", "on = false");

    public static TheoryData<string> Names => [.. Mutants.All.Select(mutant => mutant.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_mutant_finds_its_text_in_the_present_sources(string name)
    {
        var mutant = Mutants.Named(name);
        var text = File.ReadAllText(Path.Combine(PatchedTree.Checkout, mutant.File));

        Assert.NotEqual(text, PatchedTree.Patch(text, mutant));
    }

    [Theory, InlineData("off"), InlineData("on = true; on = true")]
    public void A_text_that_is_not_there_exactly_once_is_an_error(string text) =>
        Assert.Contains("instead of once", Assert.Throws<InvalidOperationException>(() => PatchedTree.Patch(text, Example)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_act_has_a_mutant_that_it_must_notice() =>
        Assert.Equal(Acts.All.Select(act => act.Name).Order(StringComparer.Ordinal), Mutants.All.Select(mutant => mutant.Act).Distinct().Order(StringComparer.Ordinal));
}
