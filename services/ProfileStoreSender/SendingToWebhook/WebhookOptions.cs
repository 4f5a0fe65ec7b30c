using System.ComponentModel.DataAnnotations;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.SendingToWebhook;

/// <summary>Section <c>Webhook</c>: a receiver of signed webhooks (Standard Webhooks), for whatever has no destination of its own.</summary>
public sealed class WebhookOptions : DestinationOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Webhook";

    /// <summary>Most secrets at a time: two are enough for a rotation.</summary>
    internal const int MostSecrets = 5;

    /// <summary>Not enabled; one event per request, as each has its own id and signature; 15 s for an answer, as the standard advises.</summary>
    public WebhookOptions()
        : base(Section, enabled: false, batchSize: 1) => Timeout = TimeSpan.FromSeconds(15);

    /// <summary>
    /// What requests are signed with, each as <c>whsec_</c> and the base64 of 24 to 64 random bytes. Every request carries one signature per secret, so that a
    /// receiver can go from one to the next at its own time: docs/webhook.md. At least one, 5 at most.
    /// </summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    internal override string KeyAdvice =>
        "check Webhook:Secrets and Webhook:BaseAddress against what the receiver has; 410 says that it wants no more orders: then Webhook:Enabled=false, or another address";

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext))
            yield return fault;
        if (BaseAddress is { IsAbsoluteUri: true } address && (address.UserInfo.Length > 0 || address.Fragment.Length > 0))
            yield return new("holds a name, a password or a fragment, none of which is sent", [nameof(BaseAddress)]);
        if (Enabled && Secrets.Count == 0)
            yield return new($"is missing; set {Section}:{nameof(Secrets)}:0, or {Section}:Enabled=false", [nameof(Secrets)]);
        if (Secrets.Count > MostSecrets)
            yield return new($"are more than {MostSecrets}", [nameof(Secrets)]);
        for (var i = 0; i < Secrets.Count; i++)
        {
            // Never the secret itself, nor a part of it: this text is logged.
            if (WebhookSecret.Fault(Secrets[i]) is { } wrong)
                yield return new(wrong, [$"{nameof(Secrets)}:{i}"]);
            else if (Secrets.Take(i).Contains(Secrets[i]))
                yield return new("is there already", [$"{nameof(Secrets)}:{i}"]);
        }
    }

    /// <summary>True when nobody on the way can read what is sent: it is about people.</summary>
    internal bool IsPrivate => !Enabled || BaseAddress is not { IsAbsoluteUri: true } address || address.Scheme != Uri.UriSchemeHttp || address.IsLoopback;
}
