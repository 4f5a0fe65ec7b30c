using Contracts.CustomerResolution;
using EmailMarketing.RememberingPurchases;
using MassTransit;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.ConnectingToTheBus;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing.Tests.OnCustomerResolved;

/// <summary>A replay knows what the till said, and nothing of what was said since.</summary>
public sealed class When_a_purchase_is_replayed
{
    private const string Pat = "pat@shop.example", Sam = "sam@shop.example";

    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.PostgreSql), InlineData(DatabaseKind.Sqlite)]
    public async Task It_is_remembered_where_it_was_missing_and_an_older_one_is_no_news(DatabaseKind kind)
    {
        await using var service = await Started(kind);
        var (missing, older) = (Of(Pat, An.Noon), Of(Pat, An.Noon.AddDays(-30)));

        await Replayed(service, missing, missing);
        await Replayed(service, older, missing);
        await Replayed(service, missing, missing);

        var contact = await service.Services.GetRequiredService<Contacts>().Find(Pat, None);
        Assert.Equal((missing.OrderId, An.Noon), (contact!.OrderId, contact.PurchasedAt));
    }

    [Theory, InlineData(DatabaseKind.PostgreSql), InlineData(DatabaseKind.Sqlite)]
    public async Task It_takes_no_purchase_from_whom_it_was_given_to_meanwhile(DatabaseKind kind)
    {
        await using var service = await Started(kind);
        var contacts = service.Services.GetRequiredService<Contacts>();
        var (sams, claimed) = (Of(Sam, An.Noon.AddHours(-1)), Of(Pat, An.Noon));
        await Told(service, sams, sams);
        await Told(service, claimed, claimed);

        // The till's card leads to somebody else than the claim did, and the answer to the replay is the later one.
        await Replayed(service, claimed with { Customer = An.Customer(Sam), AskedAt = An.Noon.AddYears(1) }, claimed);
        await Replayed(service, claimed, claimed);

        Assert.Equal(claimed.OrderId, (await contacts.Find(Pat, None))!.OrderId);
        Assert.Equal(sams.OrderId, (await contacts.Find(Sam, None))!.OrderId);
    }

    private static CustomerResolved Of(string email, DateTimeOffset at) => An.CustomerResolved(Guid.NewGuid(), An.Order() with { OccurredAt = at }, An.Customer(email)) with { AskedAt = An.Noon };

    private static async Task<RunningEmailMarketing> Started(DatabaseKind kind)
    {
        var service = await RunningEmailMarketing.Start(kind);
        await service.Services.GetRequiredService<TopologyDeployment>().WhenDeployed(None);
        return service;
    }

    private static Task Replayed(RunningEmailMarketing service, CustomerResolved message, CustomerResolved last) => Told(service, message with { ReplayId = Guid.NewGuid() }, last);

    /// <summary>Sends a message to the service's queue and waits until it was worked on.</summary>
    private static async Task Told(RunningEmailMarketing service, CustomerResolved message, CustomerResolved last)
    {
        var worked = new TaskCompletionSource();
        using var observer = service.Services.GetRequiredService<IBus>().ConnectConsumeObserver(new Worked(message.OrderId, worked));
        var queue = await service.Services.GetRequiredService<IBus>().GetSendEndpoint(QueueAddress.Of("email-marketing"));
        await queue.Send(message, None);
        await worked.Task.WaitAsync(TimeSpan.FromSeconds(60), None);
        Assert.NotNull(await service.Services.GetRequiredService<Contacts>().Find(last.Customer.Email, None));
    }

    private sealed class Worked(Guid orderId, TaskCompletionSource worked) : IConsumeObserver
    {
        public Task PreConsume<T>(ConsumeContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context)
            where T : class
        {
            if (context.Message is CustomerResolved resolved && resolved.OrderId == orderId)
                worked.TrySetResult();
            return Task.CompletedTask;
        }

        public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception)
            where T : class
        {
            worked.TrySetException(exception);
            return Task.CompletedTask;
        }
    }
}
