using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>Which secrets each service has, by deploy/kubernetes/secrets.example.</summary>
internal static partial class SecretFiles
{
    /// <summary>Keys with <c>__</c> by service, spelled as its image.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ByService { get; } = Repository.Files("deploy/kubernetes/secrets.example", ".env")
        .Where(file => !file.EndsWith("/keda.env", StringComparison.Ordinal)).ToDictionary(file => Path.GetFileNameWithoutExtension(file), Keys);

    /// <summary>Without the broker's address, which is no secret where identities are managed.</summary>
    public static IReadOnlyList<string> OnAzure(string service) => [.. ByService[service].Where(key => !key.StartsWith("Bus__", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The keys of a file of environment variables.</summary>
    public static IReadOnlyList<string> Keys(string file) => [.. Line().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("(?m)^([^#=\n]+)=")]
    private static partial Regex Line();
}
