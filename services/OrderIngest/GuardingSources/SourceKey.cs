using System.Security.Cryptography;

namespace OrderIngest.GuardingSources;

/// <summary>One of a source's keys, ready for use. Equal only to itself: limits are counted by it.</summary>
internal sealed class SourceKey
{
    private readonly byte[] _hash;
    private readonly DateTimeOffset _notBefore, _notAfter;
    private readonly HashSet<string> _stores;

    public SourceKey(Source source, string name, SourceKeyOptions options)
    {
        (Source, Name, _hash) = (source, name, Convert.FromHexString(options.Hash!));
        (_notBefore, _notAfter) = (SourceKeyOptions.Instant(options.NotBefore) ?? DateTimeOffset.MinValue, SourceKeyOptions.Instant(options.NotAfter) ?? DateTimeOffset.MaxValue);
        _stores = options.Stores.Select(store => store.Trim()).ToHashSet(StringComparer.Ordinal);
    }

    public Source Source { get; }

    /// <summary>For logs and metrics, in place of the key.</summary>
    public string Name { get; }

    /// <summary>Whether the key is for some of the source's stores only.</summary>
    public bool IsScoped => _stores.Count > 0;

    /// <summary>Takes equally long for every wrong hash.</summary>
    public bool Has(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(hash, _hash);

    public bool IsValid(DateTimeOffset now) => now >= _notBefore && now <= _notAfter;

    /// <summary>Whether the key may send and see this store's orders.</summary>
    public bool Covers(string? store) => !IsScoped || store is not null && _stores.Contains(store);
}
