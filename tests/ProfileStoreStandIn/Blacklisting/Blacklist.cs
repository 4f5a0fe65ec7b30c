using System.Text.Json;

namespace ProfileStoreStandIn.Blacklisting;

/// <summary>An address whose events are ignored, in one scope or in all.</summary>
/// <param name="BlacklistId">Names it.</param>
/// <param name="Email">The address.</param>
/// <param name="Scope">Null = all.</param>
public sealed record Blacklisted(Guid BlacklistId, string Email, string? Scope);

/// <summary>Whose events are ignored (facts/destinations, section 2).</summary>
internal sealed class Blacklist
{
    private readonly Lock _lock = new();
    private readonly List<Blacklisted> _all = [];

    public IReadOnlyList<Blacklisted> All()
    {
        lock (_lock)
            return [.. _all];
    }

    /// <summary>The entry, and whether it is new.</summary>
    public (Blacklisted Entry, bool IsNew) Add(string email, string? scope)
    {
        lock (_lock)
        {
            if (_all.Find(one => one.Email.Equals(email, StringComparison.OrdinalIgnoreCase) && one.Scope == scope) is { } known)
                return (known, false);
            var entry = new Blacklisted(Guid.NewGuid(), email, scope);
            _all.Add(entry);
            return (entry, true);
        }
    }

    public bool Remove(Guid id)
    {
        lock (_lock)
            return _all.RemoveAll(one => one.BlacklistId == id) > 0;
    }

    public void Clear()
    {
        lock (_lock)
            _all.Clear();
    }

    public bool Ignores(JsonElement tracked)
    {
        if (!tracked.TryGetProperty("user", out var user) || user.ValueKind != JsonValueKind.Object || !user.TryGetProperty("email", out var email) || email.ValueKind != JsonValueKind.String)
            return false;
        var scope = tracked.TryGetProperty("scope", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : "default";
        lock (_lock)
            return _all.Exists(one => one.Email.Equals(email.GetString(), StringComparison.OrdinalIgnoreCase) && (one.Scope ?? scope) == scope);
    }
}
