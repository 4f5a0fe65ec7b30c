using Microsoft.Extensions.Options;

namespace CustomerResolution.LookingUpCustomers;

/// <summary>Refuses steps with keys that do not exist or values that cannot be read. Binding would leave out such a step, or the key, without a word.</summary>
internal sealed class StrictLookups(IConfiguration configuration) : IValidateOptions<LoyaltyOptions>
{
    public ValidateOptionsResult Validate(string? name, LoyaltyOptions options)
    {
        var faults = configuration.GetSection($"{LoyaltyOptions.Section}:{nameof(LoyaltyOptions.Lookups)}").GetChildren().Select(Fault).OfType<string>().ToList();
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static string? Fault(IConfigurationSection step)
    {
        try
        {
            step.Get<LookupOptions>(binder => binder.ErrorOnUnknownConfiguration = true);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return $"{step.Path}: {exception.Message}{(exception.InnerException is { } inner ? $" ({inner.Message})" : "")}";
        }
    }
}
