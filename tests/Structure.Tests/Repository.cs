using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>The repository as it lies on the disk, without what builds leave behind.</summary>
internal static partial class Repository
{
    private static readonly string[] LeftBehind = ["bin", "obj", ".git", ".local", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>Files below a folder, as paths from the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, string ending = "") => Directory.Exists(Absolute(folder))
        ? Below(Absolute(folder)).Where(file => file.EndsWith(ending, StringComparison.Ordinal)).Select(Relative).Order(StringComparer.Ordinal)
        : [];

    public static string Read(string path) => File.ReadAllText(Absolute(path));

    public static bool Exists(string path) => File.Exists(Absolute(path)) || Directory.Exists(Absolute(path));

    /// <summary>Folders under services/ with a Program.cs, and so a container each; the quickstart hosts them all.</summary>
    public static IReadOnlyList<string> Services { get; } =
        [.. Directory.GetDirectories(Absolute("services")).Select(Path.GetFileName).OfType<string>().Where(name => name != "Quickstart" && Exists($"services/{name}/Program.cs")).Order(StringComparer.Ordinal)];

    /// <summary>Direct subfolders of a service that hold code.</summary>
    public static IEnumerable<string> FoldersWithCode(string service) =>
        Files($"services/{service}", ".cs").Select(file => file.Split('/')).Where(path => path.Length > 3).Select(path => path[2]).Distinct();

    /// <summary>For each queue the messages it gets, by deploy/topology.json.</summary>
    public static ILookup<string, string> MessagesByQueue { get; } = ReadTopology();

    /// <summary><c>OrderIngest</c> with another mark between its words.</summary>
    public static string Spelled(string name, char between) => Capital().Replace(name, match => $"{between}{match.Value}").ToLowerInvariant();

    private static string Absolute(string path) => Path.Combine(Root, path);

    private static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static IEnumerable<string> Below(string folder) => Directory.GetFiles(folder).Concat(
        Directory.GetDirectories(folder).Where(child => !LeftBehind.Contains(Path.GetFileName(child))).SelectMany(Below));

    private static ILookup<string, string> ReadTopology()
    {
        using var topology = JsonDocument.Parse(Read("deploy/topology.json"));
        var events = topology.RootElement.GetProperty("topics").EnumerateArray().SelectMany(
            topic => topic.GetProperty("subscriptions").EnumerateArray(), (topic, subscription) => (Queue: Text(subscription, "queue"), Message: Text(topic, "message")));
        var commands = topology.RootElement.GetProperty("commands").EnumerateArray().Select(command => (Queue: Text(command, "queue"), Message: Text(command, "message")));
        // Whoever is not ours writes to a queue of its own name, which the service reads besides its own.
        var inbound = topology.RootElement.GetProperty("inbound").EnumerateArray().Select(queue => (Queue: Spelled(Text(queue, "service"), '-'), Message: Text(queue, "message")));
        return events.Concat(commands).Concat(inbound).ToLookup(pair => pair.Queue, pair => pair.Message.Split('.')[^1]);

        static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
    }

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
