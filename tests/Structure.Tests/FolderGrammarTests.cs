using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>The three rules: contracts by owner, one folder per subscription, every other folder an activity.</summary>
public sealed partial class FolderGrammarTests
{
    private static readonly string[] SayNothing =
        ["Common", "Shared", "Core", "Helper", "Helpers", "Util", "Utils", "Misc", "Extensions", "Infrastructure", "Manager", "Managers", "Models", "Handlers"];

    public static TheoryData<string> Services => [.. Repository.Services];

    [Fact]
    public void There_are_services_to_look_at() => Assert.True(Repository.Services.Count >= 5, string.Join(", ", Repository.Services));

    [Theory, MemberData(nameof(Services))]
    public void Every_subscription_has_its_folder_and_every_such_folder_its_subscription(string service)
    {
        // A queue of its own that some messages have beside the service's queue begins with its name.
        var queue = Repository.Spelled(service, '-');
        var declared = Repository.MessagesByQueue.Where(messages => messages.Key == queue || messages.Key.StartsWith($"{queue}-", StringComparison.Ordinal))
            .SelectMany(messages => messages).Distinct().Order(StringComparer.Ordinal).ToList();
        var stateMachine = Repository.Files($"services/{service}", "StateMachine.cs").Select(Repository.Read).SingleOrDefault();
        if (stateMachine is not null)
            // A process that spans messages names its events in one place instead; a message about no single process has its folder.
            Assert.All(declared.Where(message => !Repository.FoldersWithCode(service).Contains($"On{message}")), message =>
                Assert.Contains($"Event<{message}>", stateMachine, StringComparison.Ordinal));
        else
            Assert.Equal(
                declared.Select(message => $"On{message}"),
                Repository.FoldersWithCode(service).Where(folder => Subscription().IsMatch(folder)).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Services))]
    public void A_subscription_folder_holds_one_consumer_of_its_message_and_the_definition_beside_it(string service) =>
        Assert.All(Repository.FoldersWithCode(service).Where(folder => Subscription().IsMatch(folder)), folder =>
        {
            var consumer = Assert.Single(Repository.Files($"services/{service}/{folder}", "Consumer.cs"));
            var name = Path.GetFileNameWithoutExtension(consumer);
            Assert.Contains($"IConsumer<{folder[2..]}>", Repository.Read(consumer), StringComparison.Ordinal);
            Assert.True(Repository.Exists($"services/{service}/{folder}/{name}Definition.cs"), $"{name}Definition.cs is missing");
            // One of several destinations, where a service has them, stands in angle brackets.
            Assert.Contains($"{name}, {name}Definition", Repository.Read($"services/{service}/Subscriptions.cs").Replace("<TDestination>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        });

    [Theory, MemberData(nameof(Services)), InlineData("Quickstart"), InlineData("ServiceDefaults"), InlineData("AzureServiceBus")]
    public void Every_other_folder_is_an_activity(string service) =>
        Assert.All(
            Repository.FoldersWithCode(service).Where(folder => !Subscription().IsMatch(folder) && !(service == "OrderJourney" && folder == "Journey")),
            folder => Assert.True(Activity().IsMatch(folder), $"services/{service}/{folder} is not named for an activity: its first word does not end in -ing"));

    [Fact]
    public void A_contract_lies_with_the_service_that_publishes_or_handles_it()
    {
        var owners = Repository.Files("contracts", ".cs").Select(file => file.Split('/')).Where(path => path.Length > 2).Select(path => path[1]).Distinct();

        Assert.All(owners, owner => Assert.True(Repository.Exists($"services/{owner}"), $"contracts/{owner} belongs to no service"));
    }

    [Fact]
    public void No_name_says_nothing()
    {
        var names = new[] { "contracts", "services", "tests", "deploy", "docs" }.SelectMany(folder => Repository.Files(folder))
            .SelectMany(file => file.Split('/')[..^1].Append(Path.GetFileNameWithoutExtension(file))).Distinct();

        Offenders.None(names.Where(name => SayNothing.Contains(name) || VagueType().IsMatch(name)));
    }

    [GeneratedRegex("^On[A-Z]")]
    private static partial Regex Subscription();

    [GeneratedRegex("^[A-Z][a-z]+ing(?![a-z])")]
    private static partial Regex Activity();

    [GeneratedRegex("[a-z](Helpers?|Utils?|Managers?|Dto|Misc)$")]
    private static partial Regex VagueType();
}
