using FaultLab.BuildingMutants;
using FaultLab.PlayingActs;

namespace FaultLab.Tests;

/// <summary>A lab that cannot fail proves nothing: each guard is taken out of the sources in turn, and the lab must say which promise broke.</summary>
public sealed class When_a_guard_is_switched_off(RunningLab lab) : IClassFixture<RunningLab>
{
    public static TheoryData<string> Names => [.. Mutants.All.Select(mutant => mutant.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task The_lab_fails_and_names_the_promise(string name)
    {
        var (output, mutant) = (new StringWriter(), Mutants.Named(name));
        var account = new Account(output);
        account.Act(await lab.Verdict(mutant).WaitAsync(TestContext.Current.CancellationToken));
        var exitCode = account.Close();

        TestContext.Current.TestOutputHelper!.WriteLine(output.ToString());
        Assert.Equal(Lab.Broken, exitCode);
        Assert.Contains($"BROKEN {mutant.Act}: {Acts.Named(mutant.Act).Promise}: ", output.ToString(), StringComparison.Ordinal);
    }
}
