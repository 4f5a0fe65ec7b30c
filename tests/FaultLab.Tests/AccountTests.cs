using FaultLab.PlayingActs;
using FaultLab.Reconciling;
using RunningSystem;

namespace FaultLab.Tests;

public sealed class AccountTests : IDisposable
{
    private readonly StringWriter _output = new();

    [Fact]
    public void All_promises_kept_is_the_only_success()
    {
        Assert.Equal(0, Close(Outcome.Kept));
        Assert.Equal(1, Close(Outcome.Kept, Outcome.Broken));
        Assert.Equal(2, Close(Outcome.Kept, Outcome.NotPlayed));
        Assert.Equal(1, Close(Outcome.NotPlayed, Outcome.Broken));
    }

    [Fact]
    public void A_broken_promise_has_a_line_with_its_evidence()
    {
        Close(Outcome.Broken);

        Assert.Contains("BROKEN relay: orders are published: 3 orders lost", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_breaks_the_law_is_counted_and_named()
    {
        Guid[] ids = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        var law = new Law(9, 5, 0, 0, 0, 1, [(ids[0], "gone"), (ids[1], "gone")], [ids[2]], 0) { UnderWay = [(ids[3], "Received")] };

        Assert.Equal(
            [$"2 gone ({ids[0]:D}, {ids[1]:D})", $"1 unfinished in state Received ({ids[3]:D})", $"1 events at the destination more often than the ledger knows that they may be ({ids[2]:D})"],
            Evidence.Against(law));
    }

    public void Dispose() => _output.Dispose();

    private int Close(params Outcome[] outcomes)
    {
        var account = new Account(_output);
        foreach (var outcome in outcomes)
            account.Act(new("relay", "orders are published", outcome, "3 orders lost", TimeSpan.FromSeconds(1)));
        return account.Close();
    }
}
