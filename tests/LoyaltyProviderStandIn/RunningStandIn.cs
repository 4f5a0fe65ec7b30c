using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LoyaltyProviderStandIn;

/// <summary>The stand-in on a free port of the loopback interface, and the calls that control it: all over HTTP, as from another process.</summary>
public sealed class RunningStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _control;

    private RunningStandIn(WebApplication app, Uri address, StandInOptions options)
    {
        (_app, Options) = (app, options);
        BaseAddress = new(address, $"{options.Prefix.Trim('/')}/".TrimStart('/'));
        _control = new() { BaseAddress = BaseAddress };
    }

    /// <summary>Where the loyalty provider and the web shop answer; ends in a slash.</summary>
    public Uri BaseAddress { get; }

    /// <summary>What it was started with, the keys for example.</summary>
    public StandInOptions Options { get; }

    /// <summary>Starts it; ready when this returns.</summary>
    public static async Task<RunningStandIn> Start(StandInOptions? options = null)
    {
        options ??= new();
        var builder = WebApplication.CreateSlimBuilder();
        // The test's own settings, an address for example, are not meant for the stand-in.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapLoyaltyProvider(options.Prefix, options);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new(app, new(address), options);
    }

    /// <summary>Makes these the holders of their cards at the loyalty provider.</summary>
    public Task PutMembers(params Member[] members) => Put("members", members);

    /// <summary>Makes these the holders of their cards in the web shop.</summary>
    public Task PutContacts(params Member[] contacts) => Put("contacts", contacts);

    /// <summary>Lets requests go wrong from now on.</summary>
    public Task PutFault(Fault fault) => Put("faults", fault);

    /// <summary>Lets requests go right again.</summary>
    public Task ClearFaults() => Delete("faults");

    /// <summary>Forgets the requests that arrived.</summary>
    public Task ClearRequests() => Delete("requests");

    /// <summary>What arrived.</summary>
    public async Task<ReceivedRequests> Requests(int last = 100) =>
        (await _control.GetFromJsonAsync<ReceivedRequests>($"stand-in/requests?last={last}"))!;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _app.DisposeAsync();
    }

    private async Task Put<T>(string what, T body)
    {
        using var response = await _control.PutAsJsonAsync($"stand-in/{what}", body);
        response.EnsureSuccessStatusCode();
    }

    private async Task Delete(string what)
    {
        using var response = await _control.DeleteAsync(new Uri($"stand-in/{what}", UriKind.Relative));
        response.EnsureSuccessStatusCode();
    }
}
