using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.ValidatingOptions;

/// <summary>Binds options to their section and checks them when the host starts.</summary>
public static class ValidatedOptions
{
    // A range attribute turns its texts into values at its first use, which two hosts that start at once in one process must not do together.
    private static readonly Lock OneAtATime = new();

    /// <summary>
    /// Binds <typeparamref name="T"/> to <paramref name="section"/> and refuses to start with a text that names the configuration key
    /// (<c>ProfileStore:BaseAddress</c>), not the class and property.
    /// </summary>
    public static OptionsBuilder<T> AddValidatedOptions<T>(this IHostApplicationBuilder builder, string section)
        where T : class
    {
        builder.Services.AddSingleton<IValidateOptions<T>>(new AnnotationsByKey<T>(section));
        return builder.Services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
    }

    private sealed class AnnotationsByKey<T>(string section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var faults = new List<ValidationResult>();
            lock (OneAtATime)
            {
                if (Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
                    return ValidateOptionsResult.Success;
            }

            return ValidateOptionsResult.Fail(faults.Select(fault =>
                $"{section}:{string.Join(", ", fault.MemberNames.DefaultIfEmpty("(section)"))}: {fault.ErrorMessage}"));
        }
    }
}
