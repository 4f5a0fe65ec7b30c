using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using MassTransit;

namespace AzureServiceBusImitation;

/// <summary>
/// What was said about Service Bus, in the order in which it was said, one line each: <c>[queue] Member value</c>. What is said to every transport goes on to
/// the one in memory.
/// </summary>
public sealed class SaidToMassTransit
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>The namespace that MassTransit was told to connect to.</summary>
    public ServiceBusHostSettings? Host { get; private set; }

    internal IServiceBusBusFactoryConfigurator Over(IInMemoryBusFactoryConfigurator memory) => Saying<IServiceBusBusFactoryConfigurator>.Over(this, "", memory);

    private void Add(string queue, string member, object? value)
    {
        if (value is ServiceBusHostSettings host)
            Host = host;
        else
            _lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"[{queue}] {member}{(value is null ? "" : " ")}{value}"));
    }

    /// <summary>Implements an interface of the transport: what is the transport's own is written down, the rest goes to the configurator in memory.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it.
    internal class Saying<T> : DispatchProxy, ISaying
#pragma warning restore CA1852
        where T : class
    {
        private SaidToMassTransit _said = null!;
        private string _queue = "";
        private object _memory = null!;

        public static T Over(SaidToMassTransit said, string queue, object memory)
        {
            var proxy = Create<T, Saying<T>>();
            var saying = (Saying<T>)(object)proxy;
            (saying._said, saying._queue, saying._memory) = (said, queue, memory);
            return proxy;
        }

        public void Say(string member) => _said.Add(_queue, member, null);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var (method, arguments) = (targetMethod!, args ?? []);
            if (method.DeclaringType!.Assembly != typeof(ISaying).Assembly)
                return Forward(method, arguments);
            if (arguments is [Type message, Action<IServiceBusMessagePublishTopologyConfigurator> configure])
                configure(Saying<IServiceBusMessagePublishTopologyConfigurator>.Over(_said, message.Name, this));
            else
                _said.Add(_queue, method.Name.Replace("set_", "", StringComparison.Ordinal), arguments.SingleOrDefault());
            return null;
        }

        private object? Forward(MethodInfo method, object?[] arguments)
        {
            if (method.Name.StartsWith("set_", StringComparison.Ordinal))
                _said.Add(_queue, method.Name[4..], arguments[0]);
            // Endpoints are made by the one in memory, and configured as Service Bus's.
            if (_memory is IInMemoryBusFactoryConfigurator bus && method.Name == nameof(bus.ReceiveEndpoint))
            {
                var configure = (Action<IServiceBusReceiveEndpointConfigurator>?)arguments[^1];
                void OnMemory(IInMemoryReceiveEndpointConfigurator endpoint) =>
                    configure?.Invoke(Saying<IServiceBusReceiveEndpointConfigurator>.Over(_said, endpoint.InputAddress.Segments[^1], endpoint));
                if (arguments is [IEndpointDefinition definition, var names, _])
                    bus.ReceiveEndpoint(definition, (IEndpointNameFormatter?)names, OnMemory);
                else
                    bus.ReceiveEndpoint((string)arguments[0]!, OnMemory);
                return null;
            }
            try
            {
                return method.Invoke(_memory, arguments);
            }
            catch (TargetInvocationException exception)
            {
                ExceptionDispatchInfo.Throw(exception.InnerException!);
                throw;
            }
        }
    }
}

/// <summary>Writes down what an extension says.</summary>
internal interface ISaying
{
    void Say(string member);
}
