using Contracts.CustomerResolution;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>The steps that find a customer by one kind of identifier, one after the other.</summary>
internal sealed class LookupSequence
{
    private readonly IReadOnlyDictionary<string, string> _values;
    private readonly string _name;

    private LookupSequence(IdentifierKind by, IEnumerable<LookupOptions> steps, ProviderSettings provider)
    {
        (_name, _values) = (PlaceholderOf(by), provider.Values);
        Steps = [.. steps.Select(step => new LookupStep(new(step, provider.Headers), new(step)))];
        AsksForConsent = Steps.Any(step => step.Reader.ReadsConsent);
    }

    public IReadOnlyList<LookupStep> Steps { get; }

    private bool AsksForConsent { get; }

    /// <summary>The sequences of a provider, by what they ask for.</summary>
    public static IReadOnlyDictionary<IdentifierKind, LookupSequence> Of(ProviderSettings provider) =>
        provider.Lookups.GroupBy(step => step.By).ToDictionary(steps => steps.Key, steps => new LookupSequence(steps.Key, steps, provider));

    /// <summary>The placeholder an identifier of the kind stands at.</summary>
    public static string PlaceholderOf(IdentifierKind kind) => kind switch
    {
        IdentifierKind.LoyaltyCard => "card",
        IdentifierKind.CustomerNumber => "customerNumber",
        IdentifierKind.Phone => "phone",
        IdentifierKind.Email => "email",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What is known before the first step.</summary>
    public KnownHolder Begin(Identifier by) => new(new Dictionary<string, string>(_values, StringComparer.OrdinalIgnoreCase) { [_name] = by.Value });

    /// <summary>The answer, once the last step has said who it is. Where consent is asked for, a mere status says nothing about it.</summary>
    public LookupAnswer End(KnownHolder holder, CustomerOrigin origin, DateTimeOffset askedAt) =>
        holder.ToAnswer(origin, (AsksForConsent ? holder.HasConsent : holder.HasStatus) ? askedAt : null);
}
