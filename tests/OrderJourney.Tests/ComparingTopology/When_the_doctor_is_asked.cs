using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrderJourney.ComparingTopology;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RealServers;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderJourney.Tests.ComparingTopology;

/// <summary>On a real RabbitMQ, as an operator or a pipeline asks.</summary>
public sealed class When_the_doctor_is_asked : IAsyncLifetime
{
    private TestBroker _broker = null!;
    private IConnection _connection = null!;
    private IChannel _channel = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await TestBroker.Create();
        await Deploy();
        _connection = await new ConnectionFactory { Uri = new(_broker.ConnectionString) }.CreateConnectionAsync(Token);
        _channel = await _connection.CreateChannelAsync(cancellationToken: Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task A_broker_as_declared_is_found_in_order()
    {
        foreach (var queue in DeclaredTopology.Current.RequiredQueues)
            await _channel.BasicConsumeAsync(queue, autoAck: false, new AsyncEventingBasicConsumer(_channel), Token);

        // The broker's figures are some seconds late.
        var (exit, output, errors) = await Eventually.Becomes(() => Ask("doctor"), asked => asked.Exit == 0, what: "The doctor's answer");

        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains($"{DeclaredTopology.Current.Topics.Count} topics and {DeclaredTopology.Current.Queues.Count()} queues are as declared", output, StringComparison.Ordinal);
        Assert.Contains("not installed  email-marketing:", (await Ask("doctor", "--all")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_changed_is_named_and_the_exit_code_stops_a_pipeline()
    {
        await _channel.QueueDeleteAsync("erp-orders", cancellationToken: Token);
        await _channel.QueueDeleteAsync("order-ingest", cancellationToken: Token);
        await _channel.QueueDeclareAsync("order-ingest", durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
        await _channel.QueueBindAsync("order-ingest", "order-ingest", "", cancellationToken: Token);
        await _channel.QueueDeclareAsync("forgotten", durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
        await _channel.QueueBindAsync("forgotten", "orders", "", cancellationToken: Token);
        await _channel.ExchangeUnbindAsync("order-journey", "orders", "", cancellationToken: Token);

        // Until the broker has counted who reads, nothing is said of it.
        var (exit, output, errors) = await Eventually.Becomes(
            () => Ask("doctor"), asked => asked.Output.Contains("no consumers   customer-resolution:", StringComparison.Ordinal) && asked.Output.Contains("orphaned       forgotten:", StringComparison.Ordinal));

        Assert.Equal((1, ""), (exit, errors));
        Assert.Contains("missing        erp-orders: is not there", output, StringComparison.Ordinal);
        Assert.Contains("missing        orders -> order-journey: the queue does not hear the topic", output, StringComparison.Ordinal);
        Assert.Contains("different      order-ingest: is a classic queue", output, StringComparison.Ordinal);
        Assert.Contains("forgotten: is not declared, hears orders, and nobody receives from it", output, StringComparison.Ordinal);
        Assert.Contains("""{"kind":"missing","entity":"erp-orders",""", (await Ask("doctor", "--json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_cannot_be_looked_at_is_neither_in_order_nor_out_of_it()
    {
        var (exit, output, errors) = await Ask("doctor", ("Bus:ManagementAddress", "http://127.0.0.1:9"));
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("Bus:ManagementAddress does not answer", errors, StringComparison.Ordinal);

        Assert.Contains("Bus:ManagementAddress is missing", (await Ask("doctor", ("Bus:ManagementAddress", null))).Errors, StringComparison.Ordinal);
        Assert.Contains("Bus:Transport is InMemory", (await Ask("doctor", ("Bus:Transport", "InMemory"))).Errors, StringComparison.Ordinal);
        Assert.Contains("Bus:ConnectionString is missing", (await Ask("doctor", ("Bus:ConnectionString", null))).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_may_not_look_is_told_which_right_is_missing()
    {
        var (exit, _, errors) = await Ask("doctor", ("Bus:ConnectionString", await _broker.ConnectionStringOf(".*", ".*", ".*")));

        Assert.Equal(2, exit);
        Assert.Contains("needs the tag monitoring or management", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "doctor")]
    [InlineData(true, "doctor", "--json")]
    [InlineData(true, "--help")]
    [InlineData(false)]
    [InlineData(false, "--urls", "http://127.0.0.1:1")]
    public void Without_the_command_the_service_serves(bool wanted, params string[] args) => Assert.Equal(wanted, DoctorCommand.Wants(args));

    private Task<(int Exit, string Output, string Errors)> Ask(params string[] args) => Ask(args, null);

    private Task<(int Exit, string Output, string Errors)> Ask(string command, params (string Key, string? Value)[] other) => Ask([command], other);

    private async Task<(int Exit, string Output, string Errors)> Ask(string[] args, (string Key, string? Value)[]? other)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Bus:Transport"] = "RabbitMq",
            ["Bus:ConnectionString"] = _broker.ConnectionString,
            ["Bus:ManagementAddress"] = _broker.ManagementAddress,
        };
        foreach (var (key, value) in other ?? [])
            settings[key] = value;
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exit = await DoctorCommand.Run(args, new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), output, errors);
        return (exit, output.ToString(), errors.ToString());
    }

    // As whoever publishes does it, and then nobody is there any more.
    private async Task Deploy()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Bus:Transport"] = "RabbitMq", ["Bus:ConnectionString"] = _broker.ConnectionString, ["urls"] = "http://127.0.0.1:0" });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddServiceBus(HealthStatus.Unhealthy);
        await using var app = builder.Build();
        await app.StartAsync(Token);
        await app.Services.GetRequiredService<TopologyDeployment>().WhenDeployed(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        await app.StopAsync(Token);
    }
}
