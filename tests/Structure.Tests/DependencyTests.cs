using System.Text.RegularExpressions;

namespace Structure.Tests;

public sealed partial class DependencyTests
{
    public static TheoryData<string> Services => [.. Repository.Services];

    [Theory, MemberData(nameof(Services))]
    public void A_service_knows_the_contracts_and_the_defaults_and_no_other_service(string service) =>
        Assert.Equal(["Contracts", "ServiceDefaults"], References($"services/{service}/{service}.csproj"));

    [Fact]
    public void The_contracts_know_nobody()
    {
        Offenders.None(References("contracts/Contracts.csproj"));
        Assert.DoesNotContain("PackageReference", Repository.Read("contracts/Contracts.csproj"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_know_no_domain() => Offenders.None(References("services/ServiceDefaults/ServiceDefaults.csproj"));

    [Fact]
    public void Only_the_quickstart_knows_all_services() =>
        Assert.Equal(Repository.Services, References("services/Quickstart/Quickstart.csproj").Intersect(Repository.Services));

    [Fact]
    public void Nothing_outside_tests_and_quickstart_knows_a_stand_in() =>
        Offenders.None(Repository.Files("services", ".csproj").Where(file => !file.Contains("Quickstart", StringComparison.Ordinal))
            .Where(file => References(file).Any(name => name.EndsWith("StandIn", StringComparison.Ordinal))));

    [Fact]
    public void Versions_of_packages_are_written_once() =>
        Offenders.None(Repository.Files("", ".csproj").Where(file => PackageVersion().IsMatch(Repository.Read(file))));

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = Repository.Read("Microservices.sln").Replace('\\', '/');

        // The Azure Service Bus transport is brought in by -p:AzureServiceBus=true only: its package is not on every feed.
        Offenders.None(Repository.Files("", ".csproj").Where(file => !file.StartsWith("services/AzureServiceBus/", StringComparison.Ordinal))
            .Where(file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> References(string project) => ProjectReference().Matches(Repository.Read(project)).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"ProjectReference Include=""[^""]*?([\w.]+)\.csproj""")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"PackageReference [^>]*Version=")]
    private static partial Regex PackageVersion();
}
