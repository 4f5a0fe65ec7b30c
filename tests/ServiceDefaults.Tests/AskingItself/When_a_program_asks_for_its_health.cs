using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.AskingItself;

namespace ServiceDefaults.Tests.AskingItself;

public sealed class When_a_program_asks_for_its_health
{
    [Theory]
    [InlineData(null, null, null, null, "http://localhost:5000/")]
    [InlineData(null, "8080", null, null, "http://127.0.0.1:8080/")]
    [InlineData(null, "8080;9090", null, null, "http://127.0.0.1:8080/")]
    [InlineData("http://+:81", "8080", null, null, "http://127.0.0.1:81/")]
    [InlineData("https://*:443; http://0.0.0.0:82", null, null, null, "http://127.0.0.1:82/")]
    [InlineData("http://[::]:83", null, null, null, "http://127.0.0.1:83/")]
    [InlineData("http://10.1.2.3:84", null, null, null, "http://10.1.2.3:84/")]
    [InlineData("http://*:81", "8080", "http://*:85", null, "http://127.0.0.1:85/")]
    [InlineData("http://*:81", "8080", "http://*:85", "http://*:86", "http://127.0.0.1:86/")]
    [InlineData("https://*:443", "8080", null, null, null)]
    public void It_looks_where_the_host_listens(string? urls, string? ports, string? dotnetUrls, string? plainUrls, string? expected)
    {
        var environment = new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = urls, ["ASPNETCORE_HTTP_PORTS"] = ports, ["DOTNET_URLS"] = dotnetUrls, ["URLS"] = plainUrls };

        Assert.Equal(expected, HealthCommand.AddressOf(environment.GetValueOrDefault)?.ToString());
    }

    [Theory]
    [InlineData("health", 503, 1)]
    [InlineData("health ready", 503, 1)]
    [InlineData("health live", 200, 0)]
    [InlineData("health dead", null, 1)]
    [InlineData("health live now", null, 1)]
    public async Task Only_200_is_healthy_and_the_answer_is_printed(string command, int? status, int exitCode)
    {
        await using var app = A.Host([]).Build();
        app.MapGet("/health/live", () => Results.Text("alive"));
        app.MapGet("/health/ready", () => Results.Text("the database does not answer", statusCode: 503));
        await app.StartAsync(A.Token);

        var (code, said) = await Ask(command, "ready", app.Urls.Single());

        Assert.Equal(exitCode, code);
        Assert.StartsWith(status is null ? "health [live|ready]" : $"{status} {(status == 200 ? "alive" : "the database does not answer")}", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_has_only_one_health_is_asked_for_that()
    {
        await using var app = A.Host([]).Build();
        app.MapGet("/health/live", () => Results.Text("alive"));
        await app.StartAsync(A.Token);

        Assert.Equal(0, (await Ask("health", "live", app.Urls.Single())).Code);
        Assert.Equal(1, (await Ask("health", "ready", app.Urls.Single())).Code);
    }

    [Fact]
    public async Task Nobody_who_listens_is_not_healthy()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var (code, said) = await Ask("health", "ready", $"http://127.0.0.1:{port}");

        Assert.Equal(1, code);
        Assert.Contains("does not answer: ConnectionError", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_command_does_not_serve()
    {
        Assert.Equal(1, await ServiceCommands.Run(["migrat"], "Test", null));
        Assert.Null(await ServiceCommands.Run([], "Test", null));
        Assert.Null(await ServiceCommands.Run(["--urls", "http://*:1"], "Test", null));
        Assert.Null(await ServiceCommands.Run(["/urls=x"], "Test", null));
        Assert.Null(await ServiceCommands.Run(["urls=http://*:1"], "Test", null));
    }

    private static async Task<(int Code, string Said)> Ask(string command, string unsaid, string address)
    {
        using var output = new StringWriter();
        var code = await HealthCommand.Run(command.Split(' '), unsaid, name => name == "ASPNETCORE_URLS" ? address : null, output, A.Token);
        return (code, output.ToString());
    }
}
