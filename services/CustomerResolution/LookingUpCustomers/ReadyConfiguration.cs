using Microsoft.Extensions.Configuration.Memory;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>Configurations of section <c>Loyalty</c> for known providers that come with the service, chosen by <c>Loyalty:Provider</c>.</summary>
internal static class ReadyConfiguration
{
    private const string Folder = "ReadyConfigurations/";

    /// <summary>What there is, by name; letter case does not matter.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(ReadyConfiguration).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..]).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether there is one of the name.</summary>
    public static bool Exists(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Puts the chosen one below everything that is configured, so that each of its keys can be overridden. An unknown name is left to the options' check.</summary>
    public static void AddTo(IConfigurationManager configuration)
    {
        if (configuration[$"{LoyaltyOptions.Section}:{nameof(LoyaltyOptions.Provider)}"] is { } name && Exists(name))
            configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Keys(name) });
    }

    private static List<KeyValuePair<string, string?>> Keys(string name)
    {
        var file = Folder + Names.First(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
        using var text = typeof(ReadyConfiguration).Assembly.GetManifestResourceStream(file)!;
        using var read = (ConfigurationRoot)new ConfigurationBuilder().AddJsonStream(text).Build();
        return [.. read.AsEnumerable().Where(key => key.Value is not null).Select(key => KeyValuePair.Create($"{LoyaltyOptions.Section}:{key.Key}", key.Value))];
    }
}
