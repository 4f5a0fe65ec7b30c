using System.Net;

namespace ServiceDefaults.AskingItself;

/// <summary>
/// <c>service health [live|ready]</c>: asks the instance that serves beside it over HTTP, so that an image needs neither curl nor a shell to know its health.
/// Exit code 0 when the answer is 200, 1 otherwise; prints the answer. Starts no host and reads no files: it runs every few seconds.
/// The stand-ins compile this file too; it stands on nothing else.
/// </summary>
internal static class HealthCommand
{
    private const int Healthy = 0, NotHealthy = 1;

    // Below the time-outs of the image's HEALTHCHECK and of Kubernetes' probes, so that the reason is printed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static bool Wants(string[] args) => args is ["health", ..];

    /// <param name="args">The command line.</param>
    /// <param name="unsaid">Which health is meant where the command line does not say: <c>ready</c>, or <c>live</c> of a program that has no other.</param>
    public static Task<int> Run(string[] args, string unsaid) => Run(args, unsaid, Environment.GetEnvironmentVariable, Console.Out, CancellationToken.None);

    public static async Task<int> Run(string[] args, string unsaid, Func<string, string?> environment, TextWriter output, CancellationToken cancellationToken)
    {
        var which = args switch { [_] => unsaid, [_, "live" or "ready"] => args[1], _ => null };
        if (which is null)
        {
            await output.WriteLineAsync("health [live|ready]: another health there is not");
            return NotHealthy;
        }
        if (AddressOf(environment) is not { } address)
        {
            await output.WriteLineAsync("No http address is configured in ASPNETCORE_URLS or ASPNETCORE_HTTP_PORTS");
            return NotHealthy;
        }
        var question = new Uri(address, $"/health/{which}");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(question, cancellationToken);
            await output.WriteLineAsync($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            return answer.StatusCode == HttpStatusCode.OK ? Healthy : NotHealthy;
        }
        catch (HttpRequestException exception)
        {
            await output.WriteLineAsync($"{question} does not answer: {exception.HttpRequestError}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await output.WriteLineAsync($"{question} does not answer within {Patience.TotalSeconds:0} s");
        }
        return NotHealthy;
    }

    /// <summary>
    /// Where the host listens, as it reads it from the environment itself: the plain name counts more than <c>DOTNET_</c>, that more than <c>ASPNETCORE_</c>,
    /// addresses more than ports. Null where only https is spoken.
    /// </summary>
    public static Uri? AddressOf(Func<string, string?> environment)
    {
        string[] addresses = Setting("URLS") is { } urls ? urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : Setting("HTTP_PORTS") is { } ports ? [.. ports.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(port => $"http://*:{port}")]
            : ["http://localhost:5000"];
        return addresses.Select(Reachable).FirstOrDefault(address => address is { Scheme: "http" });

        string? Setting(string name) => ((string[])["", "DOTNET_", "ASPNETCORE_"]).Select(prefix => environment(prefix + name)).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
    }

    // What stands for every address of this machine is reached by this one.
    private static Uri? Reachable(string address)
    {
        foreach (var everywhere in (string[])["*", "+", "0.0.0.0", "[::]"])
            address = address.Replace($"://{everywhere}", "://127.0.0.1", StringComparison.Ordinal);
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null;
    }
}
