using System.Text.RegularExpressions;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>The steps that find a customer by one kind of identifier, one after the other.</summary>
internal sealed class LookupSequence
{
    private readonly IReadOnlyDictionary<string, string> _values;
    private readonly string _name;
    private readonly IReadOnlyList<Regex> _patterns;

    private LookupSequence(IdentifierKind by, IReadOnlyList<LookupOptions> steps, ProviderSettings provider)
    {
        (_name, _values) = (PlaceholderOf(by), provider.Values);
        Steps = [.. steps.Select(step => new LookupStep(new(step, provider.Headers), new(step)))];
        _patterns = [.. steps.Select(step => step.IdentifierPattern).Where(pattern => !string.IsNullOrEmpty(pattern)).Select(pattern => WholePattern.Of(pattern!))];
    }

    public IReadOnlyList<LookupStep> Steps { get; }

    /// <summary>The sequences of a provider, by what they ask for.</summary>
    public static IReadOnlyDictionary<IdentifierKind, LookupSequence> Of(ProviderSettings provider) =>
        provider.Lookups.GroupBy(step => step.By).ToDictionary(steps => steps.Key, steps => new LookupSequence(steps.Key, [.. steps], provider));

    /// <summary>The placeholder an identifier of the kind stands at.</summary>
    public static string PlaceholderOf(IdentifierKind kind) => kind switch
    {
        IdentifierKind.LoyaltyCard => "card",
        IdentifierKind.CustomerNumber => "customerNumber",
        IdentifierKind.Phone => "phone",
        IdentifierKind.Email => "email",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>False for what the provider gives to nobody: it need not be asked.</summary>
    public bool Accepts(Identifier by) => _patterns.All(pattern => pattern.IsMatch(by.Value));

    /// <summary>What is known before the first step.</summary>
    public KnownHolder Begin(Identifier by) => new(new Dictionary<string, string>(_values, StringComparer.OrdinalIgnoreCase) { [_name] = by.Value });
}
