using System.Reflection;
using ServiceDefaults.AskingItself;
using ServiceDefaults.MigratingSchemas;

namespace ServiceDefaults;

/// <summary>What every service's program does besides serving: <c>health [live|ready]</c> and <c>migrate [--wait SECONDS]</c>.</summary>
public static class ServiceCommands
{
    /// <summary>Carries out the command that the arguments begin with. A word that is no command is refused: a deployment's step that was misspelt would serve for ever.</summary>
    /// <param name="args">The command line, once the service has looked for commands of its own.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="schema">Where its schema scripts are embedded; null for a service without a database.</param>
    /// <returns>The exit code, 0 = all is well; null where no command is given: serve.</returns>
    public static async Task<int?> Run(string[] args, string service, Assembly? schema)
    {
        if (HealthCommand.Wants(args))
            return await HealthCommand.Run(args, unsaid: "ready");
        if (MigrateCommand.Wants(args))
            return await MigrateCommand.Run(args, service, schema);
        // Settings on the command line begin with a dash or a slash, or hold an equals sign.
        if (args is not [[not ('-' or '/'), ..] word, ..] || word.Contains('=', StringComparison.Ordinal))
            return null;
        await Console.Error.WriteLineAsync($"{service} knows no command {word}. Commands of every service: health [live|ready], migrate [--wait SECONDS]; without a command it serves");
        return 1;
    }
}
