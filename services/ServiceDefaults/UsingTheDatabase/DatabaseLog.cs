using Microsoft.Extensions.Logging;

namespace ServiceDefaults.UsingTheDatabase;

/// <summary>Events 110 to 113.</summary>
internal static partial class DatabaseLog
{
    [LoggerMessage(110, LogLevel.Warning, "The database of {Service} does not answer ({Failure}); trying again until it does")]
    public static partial void Away(ILogger logger, string service, string failure);

    [LoggerMessage(111, LogLevel.Error, "The schema of {Service} cannot be applied; trying again every few seconds")]
    public static partial void SchemaNotApplied(ILogger logger, string service, Exception exception);

    [LoggerMessage(112, LogLevel.Information, "Schema script {Script} of {Service} applied")]
    public static partial void ScriptApplied(ILogger logger, string service, string script);

    [LoggerMessage(113, LogLevel.Warning, "{Count} schema scripts of {Service} are not applied, the first is {Script}; waiting for the command migrate")]
    public static partial void ScriptsMissing(ILogger logger, int count, string service, string script);
}
