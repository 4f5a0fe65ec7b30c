using System.Net;
using System.Text;
using MessageExamples;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.SendingToWebhook;

namespace ProfileStoreSender.Tests.SendingToWebhook;

public sealed class When_a_webhook_is_tried_again
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly Uri Address = new("https://receiver.example/hooks?tenant=17");

    [Fact]
    public async Task It_has_the_same_id_and_body_and_the_time_and_signature_of_this_attempt()
    {
        var (time, seen) = (new ManualTime(), new Seen());
        using var http = new HttpClient(seen);
        var destination = new WebhookDestination(new(http, time), new() { Enabled = true, BaseAddress = Address, Secrets = [Secret] }, time);
        var request = new TrackingRequest(Guid.NewGuid(), An.Order(), An.Customer(), TryRefusedAgain: false);

        await destination.Send([destination.Build(request)], TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromHours(1));
        await destination.Send([destination.Build(request)], TestContext.Current.CancellationToken);

        var (first, second) = (seen.Requests[0], seen.Requests[1]);
        Assert.Equal(2, seen.Requests.Count);
        Assert.Equal((Address, first.Id, first.Body), (second.Address, second.Id, second.Body));
        Assert.Equal((An.Noon.ToUnixTimeSeconds(), An.Noon.AddHours(1).ToUnixTimeSeconds()), (long.Parse(first.Timestamp, null), long.Parse(second.Timestamp, null)));
        Assert.All(seen.Requests, one => Assert.True(IsGenuine(one, An.Noon.AddHours(one == second ? 1 : 0))));
        Assert.False(IsGenuine(first, An.Noon.AddHours(1)), "an hour later it must count as overheard");
        Assert.False(IsGenuine(second with { Timestamp = first.Timestamp }, An.Noon), "the time is signed");
        Assert.False(IsGenuine(first with { Id = "another" }, An.Noon), "the id is signed");
        Assert.False(IsGenuine(first with { Body = first.Body.Replace("38.16", "8.16", StringComparison.Ordinal) }, An.Noon), "the body is signed");
    }

    private static bool IsGenuine(SeenRequest request, DateTimeOffset now) =>
        WebhookVerification.IsGenuine(Secret, request.Id, request.Timestamp, request.Signatures, Encoding.UTF8.GetBytes(request.Body), now);

    private sealed record SeenRequest(Uri Address, string Id, string Timestamp, string Signatures, string Body);

    private sealed class Seen : HttpMessageHandler
    {
        public List<SeenRequest> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string Header(string name) => string.Join('|', request.Headers.GetValues(name));
            Requests.Add(new(request.RequestUri!, Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), await request.Content!.ReadAsStringAsync(cancellationToken)));
            return new(HttpStatusCode.NoContent);
        }
    }
}
