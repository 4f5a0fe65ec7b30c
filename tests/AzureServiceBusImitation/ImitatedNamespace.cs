using System.Collections.Concurrent;
using System.Data.Common;
using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;

namespace AzureServiceBusImitation;

/// <summary>A Service Bus namespace in this process: entities, no messages. Whoever names the same host gets the same one.</summary>
public sealed class ImitatedNamespace
{
    private static readonly ConcurrentDictionary<string, ImitatedNamespace> All = new(StringComparer.OrdinalIgnoreCase);

    private ImitatedNamespace(string host) => Host = host;

    public string Host { get; }

    public ConcurrentDictionary<string, QueueProperties> Queues { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentDictionary<string, TopicProperties> Topics { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentDictionary<(string Topic, string Name), SubscriptionProperties> Subscriptions { get; } = new();

    /// <summary>Dead letters, by queue or by topic/subscription.</summary>
    public ConcurrentDictionary<string, long> PutAside { get; } = new();

    /// <summary>Entities that were made here so far.</summary>
    public int Made { get; private set; }

    /// <summary>Makes whatever is asked after and not there, just after it has said that it is not.</summary>
    public bool AnotherInstanceIsFaster { get; set; }

    /// <summary>Thrown in place of every answer.</summary>
    public Exception? Refuses { get; set; }

    public static ImitatedNamespace At(string host) => All.GetOrAdd(host, name => new(name));

    /// <summary>The host that a connection string names.</summary>
    public static string HostIn(string connectionString) =>
        new Uri((string)new DbConnectionStringBuilder { ConnectionString = connectionString }["Endpoint"]).Host;

    internal T Answer<T>(Func<T> answer)
    {
        if (Refuses is { } refusal)
            throw refusal;
        lock (All)
            return answer();
    }

    internal bool IsThere<TKey, T>(ConcurrentDictionary<TKey, T> entities, TKey key)
        where TKey : notnull =>
        !AnotherInstanceIsFaster && entities.ContainsKey(key);

    internal T Make<TKey, T>(ConcurrentDictionary<TKey, T> entities, TKey key, T entity)
        where TKey : notnull
    {
        var isNew = entities.TryAdd(key, entity);
        if (isNew)
            Made++;
        return isNew && !AnotherInstanceIsFaster ? entity : throw new ServiceBusException("it is there already", ServiceBusFailureReason.MessagingEntityAlreadyExists);
    }
}
