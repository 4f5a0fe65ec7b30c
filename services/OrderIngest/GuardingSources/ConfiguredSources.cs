using Microsoft.Extensions.Options;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.GuardingSources;

/// <summary>The sources orders are taken from, by name and by key.</summary>
internal sealed class ConfiguredSources
{
    private readonly Dictionary<string, Source> _byName;
    private readonly Source[] _withKey;

    public ConfiguredSources(IOptions<OrderIngestOptions> options, IHostEnvironment environment)
    {
        _byName = options.Value.Sources.ToDictionary(source => source.Key, source => new Source(source.Key, source.Value), StringComparer.OrdinalIgnoreCase);
        _withKey = [.. _byName.Values.Where(source => source.KeyHash is not null)];
        KeyRequired = options.Value.RequireApiKey ?? !environment.IsDevelopment();
    }

    /// <summary>Whether a request without a key is refused.</summary>
    public bool KeyRequired { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<Source> All => _byName.Values;

    public Source? Find(string name) => _byName.GetValueOrDefault(name.Trim());

    /// <summary>Looks at every key, so that the time taken says nothing about which one was nearly right.</summary>
    public Source? ByKey(string key)
    {
        Source? found = null;
        foreach (var source in _withKey)
        {
            if (ApiKeys.Matches(key, source.KeyHash!))
                found = source;
        }
        return found;
    }
}
