using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.InspectingTheBroker;
using ServiceDefaults.ReadingSecrets;

namespace OrderJourney.ComparingTopology;

/// <summary>
/// <c>OrderJourney doctor</c>: compares the broker with the declared topology and changes nothing. Exit code 0 when all is as declared, 1 when something is not,
/// 2 when the broker could not be looked at.
/// </summary>
internal static class DoctorCommand
{
    private const int InOrder = 0, Problems = 1, NotLooked = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Without a command the service serves; its arguments are configuration then.</summary>
    public static bool Wants(string[] args) => args is ["doctor" or "--help" or "-h" or "-?" or "--version", ..];

    public static Task<int> Run(string[] args)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddSecretFiles();
        return Run(args, builder.Configuration, Console.Out, Console.Error);
    }

    public static async Task<int> Run(string[] args, IConfiguration configuration, TextWriter output, TextWriter errors)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var all = new Option<bool>("--all") { Description = "Also what is worth knowing and in order." };
        var doctor = new Command("doctor", "Compares the broker's topics, queues and subscriptions with the declared ones. Exit code 1 when they differ, 2 when the broker could not be looked at.") { json, all };
        doctor.SetAction((parsed, cancellationToken) => Execute(configuration, parsed.GetValue(json), parsed.GetValue(all), output, errors, cancellationToken));
        var root = new RootCommand("Follows every order. Without a command: serves. As every service it also knows health [live|ready] and migrate [--wait SECONDS].") { doctor };
        return await root.Parse(args).InvokeAsync(new() { Output = output, Error = errors });
    }

    private static async Task<int> Execute(IConfiguration configuration, bool json, bool all, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            var options = configuration.GetSection(BusOptions.Section).Get<BusOptions>() ?? new();
            var wrong = new List<ValidationResult>();
            if (!Validator.TryValidateObject(options, new(options), wrong, validateAllProperties: true))
            {
                foreach (var problem in wrong)
                    await errors.WriteLineAsync($"{BusOptions.Section}:{string.Join(", ", problem.MemberNames)} {problem.ErrorMessage}");
                return NotLooked;
            }
            var declared = DeclaredTopology.Current;
            var findings = TopologyComparison.Of(declared, await BrokerInspection.Of(options).Read(declared, cancellationToken));
            await Write(findings.Where(finding => all || finding.IsShown), json, output);
            var problems = findings.Count(finding => finding.IsProblem);
            if (!json)
                await output.WriteLineAsync(problems == 0
                    ? $"{declared.Topics.Count} topics and {declared.Queues.Count()} queues are as declared"
                    : $"{problems} {(problems == 1 ? "problem" : "problems")}");
            return problems == 0 ? InOrder : Problems;
        }
        catch (BrokerNotReadException exception)
        {
            await errors.WriteLineAsync(exception.Message);
            return NotLooked;
        }
    }

    private static async Task Write(IEnumerable<Finding> findings, bool json, TextWriter output)
    {
        foreach (var finding in findings)
            await output.WriteLineAsync(json ? JsonSerializer.Serialize(finding, Json) : $"{Words(finding.Kind),-14} {finding.Entity}: {finding.Says}");
    }

    private static string Words(FindingKind kind) => kind switch
    {
        FindingKind.Missing => "missing",
        FindingKind.Orphaned => "orphaned",
        FindingKind.Renamed => "renamed?",
        FindingKind.NoConsumers => "no consumers",
        FindingKind.Different => "different",
        FindingKind.PutAside => "put aside",
        FindingKind.NotInstalled => "not installed",
        _ => "note",
    };
}
