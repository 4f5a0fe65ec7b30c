using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using OrderIngest.ImportingFiles;

namespace OrderIngest.Tests.RunningTheService;

public sealed class When_the_program_serves
{
    [Fact]
    public async Task It_lives_and_describes_its_routes()
    {
        await using var database = new SqliteFile();
        await using var factory = new WebApplicationFactory<OrderFileImport>();
        await using var configured = factory.WithWebHostBuilder(host => host
            .UseEnvironment("Development").UseSetting("Bus:Transport", "InMemory").UseSetting("Database:ConnectionString", database.ConnectionString));
        using var http = configured.CreateClient();
        using var live = await http.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        var routes = await http.GetStringAsync("/openapi/v1.json");
        Assert.All(["/orders", "/orders/batch", "/orders/{orderId}", "/files", "/files/{id}", "originalReceipt", "occurredAt"], word => Assert.Contains($"\"{word}\"", routes, StringComparison.Ordinal));
    }
}
