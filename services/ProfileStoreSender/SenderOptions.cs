using System.ComponentModel.DataAnnotations;
using ProfileStoreSender.SendingToOdp;
using ProfileStoreSender.SendingToWebhook;
using Names = Contracts.ProfileStoreSender.Destinations;

namespace ProfileStoreSender;

/// <summary>Section <c>ProfileStoreSender</c>: which destinations this process serves.</summary>
public sealed class SenderOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "ProfileStoreSender";

    /// <summary>
    /// Names of destinations: <c>profile-store</c>, <c>odp</c>, <c>webhook</c>. Empty (default) = the profile store, and every other one that is enabled. Processes that serve
    /// different destinations share a database: consent counts for all of them.
    /// </summary>
    public IReadOnlyList<string> Destinations { get; init; } = [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Destinations.FirstOrDefault(name => !Names.All.Contains(name)) is { } unknown)
            yield return new($"'{unknown}' is no destination; known are {string.Join(", ", Names.All)}", [nameof(Destinations)]);
    }

    /// <summary>What is served by these settings; read before options are, because subscriptions depend on it.</summary>
    internal static IReadOnlySet<string> ServedBy(IConfiguration configuration)
    {
        var named = configuration.GetSection(Section).Get<SenderOptions>()?.Destinations ?? [];
        if (named.Count > 0)
            return named.ToHashSet();
        var served = new HashSet<string> { Names.ProfileStore };
        if (configuration.GetSection(OdpOptions.Section).GetValue(nameof(OdpOptions.Enabled), false))
            served.Add(Names.Odp);
        if (configuration.GetSection(WebhookOptions.Section).GetValue(nameof(WebhookOptions.Enabled), false))
            served.Add(Names.Webhook);
        return served;
    }
}
