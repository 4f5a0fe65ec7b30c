using Contracts.ProfileStoreSender;
using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.Tests.AnsweringInEveryWay;

/// <summary>
/// Each answer once, to an order alone and to several in one request, by both destinations: what the ledger says then, and in the end, when everything after it is
/// accepted. What is expected stands in docs/destination-answers.md (run with APPROVE_TABLE=1 to write what is so now, on purpose only).
/// </summary>
public sealed class When_a_destination_answers(SenderOnManualTime sender) : IClassFixture<SenderOnManualTime>
{
    private const int Several = 3;

    private static readonly string File = Path.Combine(Root(), "docs", "destination-answers.md");

    public static TheoryData<string> Answers => [.. EveryAnswer.All.Select(answer => answer.Name)];

    [Theory, MemberData(nameof(Answers))]
    public async Task It_ends_as_the_table_says(string name)
    {
        var answer = EveryAnswer.All.Single(one => one.Name == name);
        var rows = new List<string>();
        foreach (var destination in new[] { Destinations.ProfileStore, Destinations.Odp })
        {
            var (alone, together) = (await sender.Meet(destination, 1, answer), await sender.Meet(destination, Several, answer));
            // No layer below repeats a request in silence.
            Assert.Equal(alone.Last.Attempts, alone.Requests + (answer.Give is null ? 1 : 0));
            Assert.InRange(together.Requests, together.Last.Attempts - 1, 1 + Several * (together.Last.Attempts - 1));
            foreach (var what in new[] { alone, together })
            {
                // Whatever may be there twice is counted.
                Assert.Equal(what.First is { State: DeliveryState.Unknown, MayHaveArrived: true } && what.Last.Attempts > 1 ? 1 : 0, what.Last.Uncertain);
                Assert.Equal((1, 0), (what.First.Attempts, what.First.Uncertain));
            }
            rows.Add($"| {name} | {Words(alone.First)} | {Words(alone.Last, alone.First)} | {Words(together.First)} | {Words(together.Last, together.First)} |");
        }

        var row = Assert.Single(rows.Distinct());
        TestContext.Current.TestOutputHelper!.WriteLine(row);
        if (Environment.GetEnvironmentVariable("APPROVE_TABLE") is { Length: > 0 })
            Approve(name, row);
        Assert.Equal(Approved(name), row);
    }

    [Fact]
    public void The_table_holds_these_answers_and_no_others()
    {
        var table = System.IO.File.ReadAllLines(File).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ToList();
        foreach (var line in table)
            TestContext.Current.TestOutputHelper!.WriteLine(line);

        Assert.Equal(EveryAnswer.All.Select(answer => answer.Name), table.Skip(2).Select(line => line.Split(" | ")[0][2..]));
    }

    private static string Words(LedgerEntry entry) => LedgerText.Of(entry.State);

    private static string Words(LedgerEntry last, LedgerEntry first) =>
        last.Attempts == 1 && last.State == first.State ? "" : $"{LedgerText.Of(last.State)}, attempt {last.Attempts}{(last.Uncertain > 0 ? $", uncertain {last.Uncertain}" : "")}";

    private static string? Approved(string name) => System.IO.File.ReadAllLines(File).SingleOrDefault(line => line.StartsWith($"| {name} | ", StringComparison.Ordinal));

    private static void Approve(string name, string row) => System.IO.File.WriteAllLines(
        File, Approved(name) is { } old ? System.IO.File.ReadAllLines(File).Select(line => line == old ? row : line) : [.. System.IO.File.ReadAllLines(File), row]);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Microservices.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
