using System.Reflection;
using MassTransit;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToTheBus;

public sealed class ConfirmedSendingTests : IDisposable
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan, Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _delivery = new();
    private readonly ConsumeContext _context = DispatchProxy.Create<ConsumeContext, Delivery>();

    public ConfirmedSendingTests() => ((Delivery)(object)_context).Token = _delivery.Token;

    public void Dispose() => _delivery.Dispose();

    [Fact]
    public async Task A_publish_that_is_never_confirmed_fails_in_time() =>
        await Assert.ThrowsAsync<TimeoutException>(() => ConfirmedSending.Within(TimeSpan.FromMilliseconds(50), _context, Unconfirmed).WaitAsync(Patience, A.Token));

    [Fact]
    public async Task A_publish_ends_with_the_channel_that_its_message_came_by()
    {
        var publishing = ConfirmedSending.Within(Never, _context, Unconfirmed);
        Assert.False(publishing.IsCompleted);
        await _delivery.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing.WaitAsync(Patience, A.Token));
    }

    [Fact]
    public async Task A_publish_that_is_confirmed_is_done() => await ConfirmedSending.Within(Never, _context, _ => Task.CompletedTask);

    [Fact]
    public async Task What_the_broker_says_is_passed_on() =>
        await Assert.ThrowsAsync<MessageReturnedException>(() => ConfirmedSending.Within(Never, _context, _ => throw new MessageReturnedException("no queue")));

    /// <summary>What MassTransit does: waits for the confirm, or for the token.</summary>
    private static Task Unconfirmed(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    /// <summary>A message under way, as far as somebody asks for its token.</summary>
    public class Delivery : DispatchProxy
    {
        public CancellationToken Token { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == "get_CancellationToken" ? Token : throw new NotSupportedException(targetMethod.Name);
    }
}
