namespace RealServers;

/// <summary>Servers on which tests create virtual hosts and databases.</summary>
/// <param name="RabbitMq">amqp://user:password@host:port, without a virtual host.</param>
/// <param name="Management">RabbitMQ's management API, without <c>/api</c>.</param>
/// <param name="Postgres">Connection string of a user who may create databases; names none.</param>
public sealed record ServerAddresses(Uri RabbitMq, string Management, string Postgres)
{
    /// <summary>Says where PostgreSQL is.</summary>
    public const string PostgresVariable = "TEST_POSTGRES";

    // Not encrypted, as each test opens connections of its own and a handshake costs more than what it does then.
    private const string LocalPostgres = "Host=127.0.0.1;Username=in_store_orders;Password=in_store_orders;SSL Mode=Disable";

    /// <summary>
    /// Those that environment variables TEST_RABBITMQ, TEST_RABBITMQ_MANAGEMENT and TEST_POSTGRES name when they are first needed; by default the local ones that
    /// deploy/local/servers.sh starts.
    /// </summary>
    public static ServerAddresses Usual { get; } = FromEnvironment();

    private static ServerAddresses FromEnvironment()
    {
        var rabbitMq = new Uri(Environment.GetEnvironmentVariable("TEST_RABBITMQ") ?? "amqp://guest:guest@127.0.0.1:5672");
        return new(
            rabbitMq,
            Environment.GetEnvironmentVariable("TEST_RABBITMQ_MANAGEMENT") ?? $"http://{rabbitMq.Host}:15672",
            Environment.GetEnvironmentVariable(PostgresVariable) ?? LocalPostgres);
    }
}
