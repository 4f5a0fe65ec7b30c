using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.ReadingSecrets;

/// <summary>Configuration from files, as Docker and Kubernetes hand out secrets: an environment shows in too many places.</summary>
public static class SecretFiles
{
    private const string Key = $"{SecretsOptions.Section}:{nameof(SecretsOptions.Directory)}";

    /// <summary>
    /// Adds the files of <c>Secrets:Directory</c> above everything that is configured so far: environment, command line. Read once, at start. Subdirectories,
    /// hidden files and a line end at the end of a file are passed over.
    /// </summary>
    /// <exception cref="OptionsValidationException">The directory that was named does not exist, or a file cannot be read.</exception>
    public static void AddSecretFiles(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var named = builder.Configuration[Key];
        var directory = named ?? SecretsOptions.UsualDirectory;
        if (directory.Length == 0 || (named is null && !Directory.Exists(directory)))
            return;
        if (!Directory.Exists(directory))
            throw Refusal($"there is no directory {directory}");
        try
        {
            builder.Configuration.AddKeyPerFile(Path.GetFullPath(directory), optional: false);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw Refusal(exception.Message);
        }
    }

    private static OptionsValidationException Refusal(string reason) => new(SecretsOptions.Section, typeof(SecretsOptions), [$"{Key}: {reason}"]);
}
