using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using RealServers;
using ServiceDefaults.UsingTheDatabase;

namespace ServiceDefaults.Tests.UsingTheDatabase;

public sealed class When_the_database_comes_late
{
    [Fact]
    public async Task The_service_starts_says_so_and_catches_up_by_itself()
    {
        await using var server = await TestDatabase.Create();
        var name = $"{server.Name}_late";
        var builder = A.Host(new() { ["Database:ConnectionString"] = $"{server.ConnectionString};Database={name}", ["Database:RequestPatience"] = "00:00:00.2" });
        builder.AddServiceDatabase("Late", Assembly.GetExecutingAssembly());
        await using var app = builder.Build();
        app.UseServiceDefaults();
        await app.StartAsync(A.Token);
        using var client = A.ClientOf(app);
        var database = app.Services.GetRequiredKeyedService<ServiceDatabase>("Late");

        var answer = await Eventually.Becomes(() => Ready(client), seen => seen.Body.Contains("does not answer", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Code);
        Assert.Contains("PostgresException 3D000", answer.Body, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => database.RunPatiently(_ => Task.FromResult(1), A.Token));
        var waiting = database.Run(async token =>
        {
            await using var command = database.Postgres.CreateCommand("SELECT text FROM notes");
            return (string?)await command.ExecuteScalarAsync(token);
        }, A.Token);
        Assert.False(waiting.IsCompleted);

        await OnServer(server, $"CREATE DATABASE {name}");
        try
        {
            Assert.Equal("from the second script", await waiting.WaitAsync(TimeSpan.FromSeconds(20), A.Token));
            Assert.Equal(HttpStatusCode.OK, (await Ready(client)).Code);
        }
        finally
        {
            await app.StopAsync(A.Token);
            await OnServer(server, $"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private static async Task<(HttpStatusCode Code, string Body)> Ready(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready", A.Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(A.Token));
    }

    private static async Task OnServer(TestDatabase server, string sql)
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(A.Token);
    }
}
