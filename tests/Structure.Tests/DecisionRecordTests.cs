using System.Text.RegularExpressions;

namespace Structure.Tests;

public sealed partial class DecisionRecordTests
{
    [Fact]
    public void Decision_records_are_numbered_one_by_one()
    {
        var numbers = Repository.Files("docs/decisions", ".md").Select(file => Path.GetFileName(file)).Where(name => name != "README.md").Select(name => Number().Match(name).Groups[1].Value).ToList();

        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => $"{number:0000}"), numbers);
    }

    [Fact]
    public void A_decision_that_code_points_to_exists()
    {
        var cited = new[] { "contracts", "services", "tests", "deploy" }.SelectMany(folder => Repository.Files(folder))
            .Append("Directory.Build.props").Append("Directory.Packages.props")
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal) || file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith(".sql", StringComparison.Ordinal))
            .SelectMany(file => Cited().Matches(Repository.Read(file)), (file, match) => (File: file, Number: match.Groups[1].Value));

        Offenders.None(cited.Where(citation => !Repository.Files("docs/decisions", ".md").Any(record => Path.GetFileName(record).StartsWith(citation.Number, StringComparison.Ordinal))).Select(citation => $"{citation.File} points to {citation.Number}"));
    }

    [GeneratedRegex(@"^(\d{4})-[a-z0-9-]+\.md$")]
    private static partial Regex Number();

    [GeneratedRegex(@"docs/decisions/(\d{4})")]
    private static partial Regex Cited();
}
