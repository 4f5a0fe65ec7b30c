using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Structure.Tests;

/// <summary>docker-compose.yml as Compose sees it: anchors followed, merges carried out.</summary>
internal static class ComposeFile
{
    private static readonly Dictionary<object, object> Root = new DeserializerBuilder().Build()
        .Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(new StringReader(Repository.Read("docker-compose.yml")))));

    public static IReadOnlyList<Container> Containers { get; } =
        [.. Map(Root["services"]).Select(service => new Container((string)service.Key, Map(service.Value)))];

    /// <summary>Name of each secret, and the file it comes from.</summary>
    public static IReadOnlyDictionary<string, string> Secrets { get; } =
        Map(Root["secrets"]).ToDictionary(secret => (string)secret.Key, secret => (string)Map(secret.Value)["file"]);

    public static Dictionary<object, object> Map(object? value) => value as Dictionary<object, object> ?? [];

    public static IReadOnlyList<object> List(object? value) => value as List<object> ?? [];
}

/// <param name="Name">The service's name in the compose file.</param>
/// <param name="Keys">What stands below it.</param>
internal sealed record Container(string Name, Dictionary<object, object> Keys)
{
    public object? this[string key] => Keys.GetValueOrDefault(key);

    /// <summary>Ours, made by deploy/Dockerfile.</summary>
    public bool IsBuilt => Keys.ContainsKey("build");

    /// <summary>The program in it, for example <c>OrderIngest</c>.</summary>
    public string Program => (string)ComposeFile.Map(ComposeFile.Map(this["build"])["args"])["SERVICE"];

    /// <summary>Of Microsoft's emulator, which was never run by us: taken as it is documented.</summary>
    public bool IsOfTheEmulator => Name.StartsWith("servicebus-", StringComparison.Ordinal);

    public bool Has(string key) => Keys.ContainsKey(key);

    public IReadOnlyList<string> Texts(string key) => [.. ComposeFile.List(this[key]).OfType<string>()];

    public IReadOnlyDictionary<string, string> Environment => ComposeFile.Map(this["environment"]).ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value);

    /// <summary>Each secret with the name of its file in the container.</summary>
    public IReadOnlyList<(string Source, string Target)> Secrets => [.. ComposeFile.List(this["secrets"]).Select(secret => secret is string name
        ? (name, name)
        : ((string)ComposeFile.Map(secret)["source"], (string)ComposeFile.Map(secret)["target"]))];
}
