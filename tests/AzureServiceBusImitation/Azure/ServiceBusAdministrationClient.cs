using Azure.Core;
using AzureServiceBusImitation;

namespace Azure.Messaging.ServiceBus.Administration;

/// <summary>
/// Azure.Messaging.ServiceBus.Administration, over a namespace in this process. Members as documented for 7.x; only those that the transport uses.
/// </summary>
public sealed class ServiceBusAdministrationClient
{
    private readonly ImitatedNamespace _namespace;

    public ServiceBusAdministrationClient(string connectionString) => _namespace = ImitatedNamespace.At(ImitatedNamespace.HostIn(connectionString));

    public ServiceBusAdministrationClient(string fullyQualifiedNamespace, TokenCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        _namespace = ImitatedNamespace.At(fullyQualifiedNamespace);
    }

    public Task<Response<bool>> QueueExistsAsync(string name, CancellationToken cancellationToken = default) => Ask(() => _namespace.IsThere(_namespace.Queues, name), cancellationToken);

    public Task<Response<bool>> TopicExistsAsync(string name, CancellationToken cancellationToken = default) => Ask(() => _namespace.IsThere(_namespace.Topics, name), cancellationToken);

    public Task<Response<bool>> SubscriptionExistsAsync(string topicName, string subscriptionName, CancellationToken cancellationToken = default) =>
        Ask(() => _namespace.IsThere(_namespace.Subscriptions, (topicName, subscriptionName)), cancellationToken);

    public Task<Response<QueueProperties>> CreateQueueAsync(CreateQueueOptions options, CancellationToken cancellationToken = default) =>
        Ask(() => _namespace.Make(_namespace.Queues, options.Name, new QueueProperties(options)), cancellationToken);

    public Task<Response<TopicProperties>> CreateTopicAsync(CreateTopicOptions options, CancellationToken cancellationToken = default) =>
        Ask(() => _namespace.Make(_namespace.Topics, options.Name, new TopicProperties(options)), cancellationToken);

    public Task<Response<SubscriptionProperties>> CreateSubscriptionAsync(CreateSubscriptionOptions options, CancellationToken cancellationToken = default) =>
        Ask(() => _namespace.Make(_namespace.Subscriptions, (options.TopicName, options.SubscriptionName), new SubscriptionProperties(options, _namespace.Host)), cancellationToken);

    public AsyncPageable<QueueProperties> GetQueuesAsync(CancellationToken cancellationToken = default) => List(() => _namespace.Queues.Values);

    public AsyncPageable<QueueRuntimeProperties> GetQueuesRuntimePropertiesAsync(CancellationToken cancellationToken = default) =>
        List(() => _namespace.Queues.Keys.Select(name => new QueueRuntimeProperties(name, _namespace.PutAside.GetValueOrDefault(name))));

    public AsyncPageable<TopicProperties> GetTopicsAsync(CancellationToken cancellationToken = default) => List(() => _namespace.Topics.Values);

    public AsyncPageable<SubscriptionProperties> GetSubscriptionsAsync(string topicName, CancellationToken cancellationToken = default) =>
        List(() => _namespace.Subscriptions.Where(one => one.Key.Topic == topicName).Select(one => one.Value));

    public AsyncPageable<SubscriptionRuntimeProperties> GetSubscriptionsRuntimePropertiesAsync(string topicName, CancellationToken cancellationToken = default) =>
        List(() => _namespace.Subscriptions.Keys.Where(key => key.Topic == topicName).Select(key => new SubscriptionRuntimeProperties(key.Name, _namespace.PutAside.GetValueOrDefault($"{key.Topic}/{key.Name}"))));

    private async Task<Response<T>> Ask<T>(Func<T> answer, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return new(_namespace.Answer(answer));
    }

    private AsyncPageable<T> List<T>(Func<IEnumerable<T>> read) => new(() => _namespace.Answer(() => read().ToList()));
}
