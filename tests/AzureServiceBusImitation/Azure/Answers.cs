namespace Azure
{
    /// <summary>Azure.Core: an answer of the service with what was asked for.</summary>
    public sealed class Response<T>(T value)
    {
        public T Value { get; } = value;

        public static implicit operator T(Response<T> response) => response.Value;
    }

    /// <summary>Azure.Core: a list that the service gives page by page.</summary>
    public sealed class AsyncPageable<T>(Func<IEnumerable<T>> read) : IAsyncEnumerable<T>
    {
        public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            foreach (var one in read())
                yield return one;
        }
    }

    /// <summary>Azure.Core: the service answered with an error that has no exception of its own, or not at all (status 0).</summary>
    public sealed class RequestFailedException(int status, string message) : Exception(message)
    {
        public int Status { get; } = status;
    }
}

namespace Azure.Core
{
    /// <summary>Azure.Core: who one is.</summary>
    public abstract class TokenCredential;
}

namespace Azure.Identity
{
    /// <summary>Azure.Identity: the process's managed identity, among others.</summary>
    public sealed class DefaultAzureCredential : Core.TokenCredential;

    /// <summary>Azure.Identity: there is no identity, or it was not let in.</summary>
    public sealed class AuthenticationFailedException(string message) : Exception(message);
}

namespace Azure.Messaging.ServiceBus
{
    /// <summary>Azure.Messaging.ServiceBus: a connection.</summary>
    public sealed class ServiceBusClient(string connectionString)
    {
        public string FullyQualifiedNamespace { get; } = AzureServiceBusImitation.ImitatedNamespace.HostIn(connectionString);
    }

    /// <summary>Azure.Messaging.ServiceBus: what the service objects to.</summary>
    public sealed class ServiceBusException(string message, ServiceBusFailureReason reason) : Exception(message)
    {
        public ServiceBusFailureReason Reason { get; } = reason;
    }

    public enum ServiceBusFailureReason
    {
        GeneralError,
        MessagingEntityNotFound,
        MessageLockLost,
        MessageNotFound,
        MessageSizeExceeded,
        MessagingEntityDisabled,
        QuotaExceeded,
        ServiceBusy,
        ServiceTimeout,
        ServiceCommunicationProblem,
        SessionCannotBeLocked,
        SessionLockLost,
        MessagingEntityAlreadyExists,
    }
}
