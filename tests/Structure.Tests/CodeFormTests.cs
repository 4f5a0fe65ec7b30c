using System.Text.RegularExpressions;

namespace Structure.Tests;

public sealed partial class CodeFormTests
{
    private static IEnumerable<string> OwnCode => new[] { "contracts", "services" }.SelectMany(folder => Repository.Files(folder, ".cs"));

    [Fact]
    public void Files_keep_to_their_budgets() =>
        Offenders.None(OwnCode.Concat(Repository.Files("tests", ".cs")).Select(file => (File: file, Lines: File.ReadLines(Path.Combine(Repository.Root, file)).Count()))
            .Where(seen => seen.Lines > Budget(seen.File)).Select(seen => $"{seen.File}: {seen.Lines} lines, {Budget(seen.File)} are allowed"));

    [Fact]
    public void A_file_is_named_for_a_type_in_it() =>
        Offenders.None(OwnCode.Where(file => Path.GetFileName(file) != "Program.cs" && !TypesIn(file).Contains(Path.GetFileNameWithoutExtension(file).Split('.')[0])));

    [Fact]
    public void A_contract_has_its_file_to_itself() =>
        Offenders.None(Repository.Files("contracts", ".cs").Where(file => TypesIn(file).Count() != 1));

    [Fact]
    public void A_namespace_is_its_folder() =>
        Offenders.None(OwnCode.Where(file => Namespace().Match(Repository.Read(file)) is { Success: true } found && found.Groups[1].Value != NamespaceOf(file)));

    /// <summary>What <c>dotnet format</c> would change and the build does not see: System first, then by name, part by part.</summary>
    [Fact]
    public void Imports_are_in_order() =>
        Offenders.None(OwnCode.Concat(Repository.Files("tests", ".cs"))
            .Select(file => (File: file, Imports: Import().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value).ToList()))
            .Where(seen => !seen.Imports.SequenceEqual(seen.Imports.OrderBy(name => name.Split('.')[0] != "System").ThenBy(name => name.Replace('.', ' '), StringComparer.OrdinalIgnoreCase)))
            .Select(seen => $"{seen.File}: {string.Join(", ", seen.Imports)}"));

    [Fact]
    public void Nobody_reads_the_wall_clock()
    {
        Offenders.None(OwnCode.Where(file => WallClock().IsMatch(Repository.Read(file))));
        Assert.All(["DateTime.UtcNow", "DateTimeOffset.UtcNow", "Thread.Sleep", "Task.Delay"],
            banned => Assert.Contains(banned, Repository.Read("BannedSymbols.txt"), StringComparison.Ordinal));
    }

    [Fact]
    public void No_log_line_asks_for_a_person()
    {
        var templates = OwnCode.SelectMany(file => LogTemplate().Matches(Repository.Read(file)), (file, match) => (file, match.Value)).ToList();

        Assert.InRange(templates.Count, 10, 1000);
        Offenders.None(templates.Where(template => Personal().IsMatch(template.Value)).Select(template => $"{template.file}: {template.Value}"));
    }

    [Fact]
    public void Event_ids_of_log_lines_are_unique()
    {
        var ids = OwnCode.SelectMany(file => LogTemplate().Matches(Repository.Read(file))).Select(match => match.Groups["id"].Value).ToList();

        Offenders.None(ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Log_lines_are_written_through_messages_only() =>
        Offenders.None(OwnCode.Where(file => DirectLog().IsMatch(Repository.Read(file))));

    /// <summary>What the broker never confirms must end some day: there is one place for consumers, and one each for those who send on their own.</summary>
    [Fact]
    public void Whoever_publishes_or_sends_does_it_within_a_bound()
    {
        string[] bounded =
        [
            "services/ServiceDefaults/ConnectingToTheBus/ConfirmedSending.cs", "services/OrderIngest/RelayingOrders/OrderPublisher.cs",
            "services/OrderJourney/SweepingDeadlines/DeadlineSweeper.cs", "services/OrderJourney/Journey/OwnQueue.cs",
            "services/CustomerResolution/TakingNotices/NoticePublisher.cs", "services/OrderJourney/ErasingPeople/ErasureRounds.cs",
            "services/ProfileStoreSender/ErasingPeople/DestinationErasures.cs", "services/OrderIngest/ReplayingOrders/ReplaySender.cs",
            "services/CustomerResolution/ResolvingCustomers/ReplayAnswers.cs",
        ];
        var sending = OwnCode.Where(file => Sending().IsMatch(Repository.Read(file))).ToList();

        Assert.Subset(sending.ToHashSet(), bounded.ToHashSet());
        Offenders.None(sending.Except(bounded));
    }

    private static int Budget(string file) => Path.GetFileName(file) switch
    {
        "Program.cs" => 40,
        var name when name.EndsWith("Consumer.cs", StringComparison.Ordinal) => 50,
        var name when name.EndsWith("StateMachine.cs", StringComparison.Ordinal) => 120,
        _ => 200,
    };

    private static IEnumerable<string> TypesIn(string file) => TopLevelType().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value);

    private static string NamespaceOf(string file)
    {
        var folders = file.Split('/')[..^1];
        return string.Join('.', folders[0] == "contracts" ? folders.Skip(1).Prepend("Contracts") : folders.Skip(1));
    }

    [GeneratedRegex(@"\b(context|bus|queue|endpoint)\.(Publish|Send)(Batch)?(<\w+>)?\(")]
    private static partial Regex Sending();

    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|readonly|partial|ref) )*(?:class|struct|enum|interface|record(?: struct| class)?|delegate \S+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|Environment\.TickCount|Thread\.Sleep")]
    private static partial Regex WallClock();

    [GeneratedRegex(@"\[LoggerMessage\((?<id>\d+),.*?\)\]\s*public static partial void \w+\([^)]*\)", RegexOptions.Singleline)]
    private static partial Regex LogTemplate();

    [GeneratedRegex(@"(?i)\b(string\??|object) (e?mail|card|loyaltyCard|phone|customerName|firstName|lastName|address|person|body)\b|\{(E?Mail|Card|LoyaltyCard|Phone|Customer|CustomerName|Name|Address|Person|Body)\}")]
    private static partial Regex Personal();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex DirectLog();
}
