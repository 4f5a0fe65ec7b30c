using System.ComponentModel.DataAnnotations;
using CustomerResolution.NormalisingIdentifiers;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>The part of section <c>Loyalty</c> that says by what a customer may be identified, and in which order.</summary>
internal sealed class IdentificationOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Loyalty";

    private static readonly IdentificationStep[] Usual =
    [
        IdentificationStep.OrderEmail, IdentificationStep.LoyaltyProvider, IdentificationStep.WebShopContacts, IdentificationStep.CustomerNumber, IdentificationStep.Phone,
    ];

    /// <summary>
    /// Steps of the search by name, first to last; the first that finds somebody ends it. Absent = OrderEmail, LoyaltyProvider, WebShopContacts,
    /// CustomerNumber, Phone. The default is not the property's initial value because the configuration binder adds to a list it finds.
    /// </summary>
    public IReadOnlyList<string>? IdentifyBy { get; init; }

    /// <summary>What identifies nobody.</summary>
    public WeakIdentifierOptions? WeakIdentifiers { get; init; }

    /// <summary>Orders of one card and UTC day from which on the card is flagged as shared by many, in this instance. Default 20, up to 100,000; 0 = off.</summary>
    [Range(0, 100_000)]
    public int SharedCardOrdersPerDay { get; init; } = 20;

    /// <summary>The steps of the search.</summary>
    public IReadOnlyList<IdentificationStep> Steps => IdentifyBy is { Count: > 0 } names ? [.. names.Select(name => Parse(name) ?? throw NotValidated())] : Usual;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var seen = new HashSet<IdentificationStep>();
        foreach (var (i, name) in (IdentifyBy ?? []).Index())
        {
            if (Parse(name) is not { } step)
                yield return new($"is none of {string.Join(", ", Enum.GetNames<IdentificationStep>())}", [$"{nameof(IdentifyBy)}:{i}"]);
            else if (!seen.Add(step))
                yield return new($"names {step} a second time", [$"{nameof(IdentifyBy)}:{i}"]);
        }
    }

    // By name only: Enum.Parse would take a number for a step too.
    private static IdentificationStep? Parse(string? name) =>
        Enum.GetValues<IdentificationStep>().Select(step => (IdentificationStep?)step).FirstOrDefault(step => string.Equals($"{step}", name?.Trim(), StringComparison.OrdinalIgnoreCase));

    private static InvalidOperationException NotValidated() => new($"{Section}:{nameof(IdentifyBy)} was not validated");
}
