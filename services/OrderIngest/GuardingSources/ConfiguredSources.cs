using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace OrderIngest.GuardingSources;

/// <summary>The sources orders are taken from, by name and by key.</summary>
internal sealed class ConfiguredSources
{
    private readonly Dictionary<string, Source> _byName;
    private readonly SourceKey[] _keys;

    public ConfiguredSources(IOptions<OrderIngestOptions> options, IHostEnvironment environment)
    {
        _byName = options.Value.Sources.ToDictionary(source => source.Key, source => new Source(source.Key, source.Value), StringComparer.OrdinalIgnoreCase);
        _keys = [.. options.Value.Sources.SelectMany(source => source.Value.Keys(), (source, key) => new SourceKey(_byName[source.Key], key.Options.Name ?? key.Setting, key.Options))];
        KeyRequired = options.Value.RequireApiKey ?? !environment.IsDevelopment();
    }

    /// <summary>Whether a request without a key is refused.</summary>
    public bool KeyRequired { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<Source> All => _byName.Values;

    public Source? Find(string name) => _byName.GetValueOrDefault(name.Trim());

    /// <summary>Looks at every key, so that the time taken says nothing about which one was nearly right. The key may be out of its time.</summary>
    public SourceKey? ByKey(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        SourceKey? found = null;
        foreach (var one in _keys)
        {
            if (one.Has(hash))
                found = one;
        }
        return found;
    }
}
