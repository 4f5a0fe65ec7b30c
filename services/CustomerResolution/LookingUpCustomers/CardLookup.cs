using System.Text.Json;
using Contracts.CustomerResolution;
using CustomerResolution.ResolvingCustomers;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>One configured HTTP step: where to ask, and what an answer means. Pure.</summary>
internal sealed class CardLookup(LookupOptions options, CustomerOrigin origin)
{
    private static readonly LookupAnswer Malformed = LookupAnswer.Failed(new(LookupFailureKind.Malformed));

    private readonly string _template = options.Path!.TrimStart('/');
    private readonly JsonPath _email = Parse(options.EmailPath)!;
    private readonly JsonPath? _name = Parse(options.NamePath);
    private readonly JsonPath? _externalId = Parse(options.ExternalIdPath);
    private readonly JsonPath? _status = Parse(options.StatusPath);
    private readonly JsonPath? _holders = Parse(options.HoldersPath);
    private readonly HashSet<string> _blocked = new(options.BlockedStatuses ?? [], StringComparer.OrdinalIgnoreCase);

    /// <summary>The address to ask at.</summary>
    public Uri AddressFor(Uri baseAddress, string card) =>
        new(baseAddress, _template.Replace("{card}", Uri.EscapeDataString(card), StringComparison.Ordinal));

    /// <summary>Reads the body of a successful answer.</summary>
    public LookupAnswer Read(JsonElement body, DateTimeOffset askedAt)
    {
        if (_holders is null)
            return ReadHolder(body, askedAt);
        // A list that is not where the configuration says must not pass for an empty one: nobody would ever be found, and nothing would say so.
        if (!_holders.TryRead(body, out var holders) || holders.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
            return Malformed;
        return holders.ValueKind == JsonValueKind.Null ? LookupAnswer.NotFound : holders.GetArrayLength() switch
        {
            0 => LookupAnswer.NotFound,
            1 => ReadHolder(holders[0], askedAt),
            _ => LookupAnswer.Ambiguous,
        };
    }

    private LookupAnswer ReadHolder(JsonElement holder, DateTimeOffset askedAt)
    {
        if (holder.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return Malformed;
        var hasEmail = EmailAddress.TryRead(_email.ReadText(holder), out var email);
        var status = _status?.ReadText(holder);
        if (status is not null && _blocked.Contains(status))
            return LookupAnswer.Blocked(email);
        return hasEmail
            ? LookupAnswer.Found(new()
            {
                Email = email!,
                Name = _name?.ReadText(holder),
                ExternalId = _externalId?.ReadText(holder),
                Origin = origin,
                ConsentSeenAt = status is null ? null : askedAt,
            })
            : LookupAnswer.WithoutEmail;
    }

    private static JsonPath? Parse(string? path) => JsonPath.TryParse(path, out var parsed) ? parsed : null;
}
