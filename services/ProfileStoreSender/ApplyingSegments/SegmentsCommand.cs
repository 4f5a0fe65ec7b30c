using System.CommandLine;
using System.Text.Json.Nodes;
using ProfileStoreSender.TrackingInProfileStore;
using ServiceDefaults.ReadingSecrets;

namespace ProfileStoreSender.ApplyingSegments;

/// <summary>
/// <c>ProfileStoreSender segments show|apply</c>. Exit code 0 when the service has everything (now), 1 on failure, and of <c>show</c> 2 when <c>apply</c> would write.
/// </summary>
internal static class SegmentsCommand
{
    private const int Done = 0, Failed = 1, WouldWrite = 2;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Without a command the service serves; its arguments are configuration then.</summary>
    public static bool Wants(string[] args) => args is ["segments" or "--help" or "-h" or "-?" or "--version", ..];

    public static Task<int> Run(string[] args)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddSecretFiles();
        return Run(args, builder.Configuration, Console.Out, Console.Error);
    }

    public static async Task<int> Run(string[] args, IConfiguration configuration, TextWriter output, TextWriter errors)
    {
        var scope = new Option<string?>("--scope") { Description = "Scope of the segments (ProfileStore:Scope)." };
        var parameters = new Option<FileInfo?>("--parameters") { Description = "JSON file with parameters that differ from those of the folder's parameters.json." };
        var folder = new Option<DirectoryInfo>("--folder") { Description = "Folder of the files.", DefaultValueFactory = _ => new(Path.Combine(AppContext.BaseDirectory, "optimizely")) };
        var show = new Command("show", "Prints what would be sent, with the parameters filled in, and where the service has something else. Exit code 2 when it has.") { scope, parameters, folder };
        var apply = new Command("apply", "Creates or replaces what is not there as the files say, and reads it back. Writes nothing where nothing differs.") { scope, parameters, folder };
        show.SetAction((parsed, cancellationToken) => Execute(parsed, write: false, cancellationToken));
        apply.SetAction((parsed, cancellationToken) => Execute(parsed, write: true, cancellationToken));
        var segments = new Command("segments", "Filter definitions and segments in Profile Store: docs/segments.md.") { show, apply };
        var root = new RootCommand("Sends tracking events. Without a command: serves. As every service it also knows health [live|ready] and migrate [--wait SECONDS].") { segments };
        return await root.Parse(args).InvokeAsync(new() { Output = output, Error = errors });

        async Task<int> Execute(ParseResult parsed, bool write, CancellationToken cancellationToken)
        {
            try
            {
                var asked = parsed.GetValue(parameters) is { } file ? new Dictionary<string, JsonValue>(SegmentFiles.Parameters(file.FullName)) : [];
                if (parsed.GetValue(scope) is { } named)
                    asked["scope"] = JsonValue.Create(named);
                return await Go(SegmentFiles.Read(parsed.GetRequiredValue(folder).FullName), asked, write, configuration, output, cancellationToken);
            }
            catch (SegmentsFailedException exception)
            {
                await errors.WriteLineAsync(exception.Message);
                return Failed;
            }
        }
    }

    private static async Task<int> Go(
        SegmentFiles files, IReadOnlyDictionary<string, JsonValue> asked, bool write, IConfiguration configuration, TextWriter output, CancellationToken cancellationToken)
    {
        // Nothing is sent to the tracking API here, so its address and key are not asked for.
        var options = configuration.GetSection(ProfileStoreOptions.Section).Get<ProfileStoreOptions>() ?? new();
        var configured = new Dictionary<string, JsonValue> { ["scope"] = JsonValue.Create(options.Scope), ["storeEvent"] = JsonValue.Create(options.EventType) };
        using var http = Client(options, required: write);
        var run = new SegmentsRun(http is null ? null : new(http), output);
        var same = true;
        foreach (var segment in files.Segments)
        {
            var values = files.ValuesFor(segment, configured, asked);
            if (write)
                await run.Apply(segment, values, cancellationToken);
            else
                same &= await run.Show(segment, values, cancellationToken);
        }
        if (http is null)
            await output.WriteLineAsync("ProfileStore:QueryBaseAddress is not set, so nothing was compared");
        return same ? Done : WouldWrite;
    }

    private static HttpClient? Client(ProfileStoreOptions options, bool required)
    {
        if (options.QueryBaseAddress is null && !required)
            return null;
        if (options.QueryBaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" } address)
            throw new SegmentsFailedException("ProfileStore:QueryBaseAddress: set the http or https address of the query API, which is not the tracking API");
        if (string.IsNullOrWhiteSpace(options.QueryKey) || options.QueryKey.Any(c => c is < ' ' or > '~'))
            throw new SegmentsFailedException("ProfileStore:QueryKey: set the key of the query API, which is not the tracking key");
        // A redirect would carry the key to another host.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new($"{address.AbsoluteUri.TrimEnd('/')}/"), Timeout = Timeout };
        if (options.AuthenticationScheme == ProfileStoreDestination.OcpHeader)
            http.DefaultRequestHeaders.Add(ProfileStoreDestination.OcpHeader, options.QueryKey);
        else
            http.DefaultRequestHeaders.Authorization = new(ProfileStoreDestination.EpiSingle, options.QueryKey);
        return http;
    }
}
