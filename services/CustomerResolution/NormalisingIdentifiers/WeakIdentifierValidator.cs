using CustomerResolution.ResolvingCustomers;
using Microsoft.Extensions.Options;

namespace CustomerResolution.NormalisingIdentifiers;

/// <summary>Refuses entries that no identifier can equal: a till's card that was meant to be kept out would get in without a word.</summary>
internal sealed class WeakIdentifierValidator(CardNumbers cards, PhoneNumbers phones) : IValidateOptions<IdentificationOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, IdentificationOptions options)
    {
        var faults = new WeakIdentifiers(options.WeakIdentifiers, cards, phones).Faults;
        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"{IdentificationOptions.Section}:{nameof(IdentificationOptions.WeakIdentifiers)}:{fault}"));
    }
}
