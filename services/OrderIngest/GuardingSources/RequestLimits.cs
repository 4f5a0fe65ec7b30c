using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace OrderIngest.GuardingSources;

/// <summary>
/// How many requests are let in. Each key has its own share, so that one source or store that runs wild costs the others nothing; requests without a valid key are counted by
/// the address they come from. Counted in this process: two instances let in twice as many.
/// </summary>
internal sealed class RequestLimits : IDisposable
{
    // Forgetting all of them costs nothing but a moment of the limit for addresses that are over it.
    private const int MostTrusted = 10_000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<SourceKey> _requests = PartitionedRateLimiter.Create<SourceKey, SourceKey>(key => key.Source.RequestsPerSecond == 0
        ? RateLimitPartition.GetNoLimiter(key)
        : RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(key.Source.RequestBurst, key.Source.RequestsPerSecond, Second)));

    private readonly PartitionedRateLimiter<SourceKey> _batches = PartitionedRateLimiter.Create<SourceKey, SourceKey>(
        key => RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = key.Source.ConcurrentBatches, QueueLimit = 0 }));

    private readonly PartitionedRateLimiter<IPAddress> _refused;
    private readonly ConcurrentDictionary<(IPAddress Address, SourceKey Key), bool> _trusted = new();

    public RequestLimits(IOptions<OrderIngestOptions> options)
    {
        var most = options.Value.RefusedRequestsPerMinute;
        _refused = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
            address => RateLimitPartition.GetTokenBucketLimiter(address, _ => Bucket(most, 1, TimeSpan.FromMinutes(1) / most)));
    }

    /// <summary>A request with this key; not acquired when there were too many.</summary>
    public RateLimitLease Request(SourceKey key) => _requests.AttemptAcquire(key);

    /// <summary>A batch with this key, under way until the lease is disposed of; not acquired when there are too many.</summary>
    public RateLimitLease Batch(SourceKey key) => _batches.AttemptAcquire(key);

    /// <summary>A request that is to be refused for want of a valid key; not acquired when there were too many from there. With no permits it is asked about only.</summary>
    public RateLimitLease Refused(HttpContext http, int permits = 1) => _refused.AttemptAcquire(Address(http), permits);

    /// <summary>
    /// Whether a valid key may be used from where this request comes. An address that was refused too often is not listened to at all, or the limit would only tell wrong
    /// guesses from right ones; but a key that has been used from there before goes on working, or anybody behind a store's proxy could shut the store out.
    /// </summary>
    public bool Trusts(HttpContext http, SourceKey key)
    {
        var address = Address(http);
        if (_trusted.ContainsKey((address, key)))
            return true;
        using var lease = Refused(http, permits: 0);
        if (!lease.IsAcquired)
            return false;
        if (_trusted.Count >= MostTrusted)
            _trusted.Clear();
        _trusted[(address, key)] = true;
        return true;
    }

    /// <summary>When to come again, in whole seconds; 1 or more.</summary>
    public static int RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;

    public void Dispose()
    {
        _requests.Dispose();
        _batches.Dispose();
        _refused.Dispose();
    }

    private static TokenBucketRateLimiterOptions Bucket(int burst, int tokens, TimeSpan period) =>
        new() { TokenLimit = burst, TokensPerPeriod = tokens, ReplenishmentPeriod = period, QueueLimit = 0, AutoReplenishment = true };

    // One machine usually has a whole /64 of IPv6 addresses to come from.
    private static IPAddress Address(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }
}
