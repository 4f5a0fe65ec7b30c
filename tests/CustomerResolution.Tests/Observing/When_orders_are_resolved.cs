using System.Diagnostics.Metrics;
using System.Text;
using System.Text.RegularExpressions;
using Contracts.CustomerResolution;
using Contracts.OrderIngest;
using CustomerResolution.NormalisingIdentifiers;
using CustomerResolution.Tests.TakingNotices;
using LoyaltyProviderStandIn;
using MessageExamples;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerResolution.Tests.Observing;

public sealed partial class When_orders_are_resolved
{
    // Numbers and names that no other test uses: spans are captured from the whole process.
    private const string Found = "7712000000011";
    private const string Unknown = "7712000000022";
    private const string Blocked = "7712000000033";
    private const string Failing = "7712000000044";
    private const string Weak = "7712000000055";

    [Fact]
    public async Task Nothing_personal_gets_into_logs_spans_or_metrics()
    {
        using var logs = new CapturedLogs();
        using var spans = new CapturedSpans();
        await using var service = await RunningService.Start(new() { Logs = logs, WithContacts = true });
        using var measurements = new CapturedMeasurements(service.Services.GetRequiredService<IMeterFactory>());
        await service.Provider.PutMembers(
            new() { Card = Found, CustomerId = "M-771201", Email = "quillon.found@private.example", Name = "Quillon Personal" },
            new() { Card = Blocked, Email = "quillon.blocked@private.example", Status = "blocked" });

        await service.Received(An.Order(card: Found));
        await service.Received(An.Order(card: Unknown));
        await service.Received(An.Order(card: Blocked));
        await service.Received(An.Order(card: Unknown, email: "quillon.order@private.example"));
        await service.AskedAgain(An.Order(card: Unknown));
        foreach (var fault in new Fault[] { new() { Status = 500 }, new() { Malformed = true }, new() { Drop = true }, new() { Status = 400 } })
        {
            await service.Provider.PutFault(fault);
            await service.Received(An.Order(card: Failing));
        }
        await service.Provider.ClearFaults();
        var health = await service.Health("loyalty-provider");

        var everything = logs.Lines.Concat(spans.Spans).Concat(measurements.Sums.Keys).Append($"{health.Description} {health.Exception}").ToList();
        // Six digits in a row turn up in ids by chance.
        Assert.DoesNotContain(everything.Select(line => Ids().Replace(line, "")), line => line.Contains("771200", StringComparison.Ordinal) || line.Contains("771201", StringComparison.Ordinal)
            || line.Contains("quillon", StringComparison.OrdinalIgnoreCase));
        // The captures did capture: our own lines and spans are there, and those of the bus.
        Assert.Contains(logs.Lines, line => line.Contains(" 2000 No customer for order", StringComparison.Ordinal));
        Assert.Contains(logs.Lines, line => line.StartsWith("MassTransit", StringComparison.Ordinal));
        Assert.Contains(spans.Spans, span => span.Contains("look up customer", StringComparison.Ordinal) && span.Contains("outcome=Blocked", StringComparison.Ordinal));
        Assert.Contains(spans.Spans, span => span.StartsWith("MassTransit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_personal_of_notices_and_hints_gets_into_them_either()
    {
        using var logs = new CapturedLogs();
        using var spans = new CapturedSpans();
        await using var service = await RunningService.Start(new()
        {
            Logs = logs,
            WithContacts = true,
            Settings = new()
            {
                ["Loyalty:SharedCardOrdersPerDay"] = "2",
                ["Loyalty:WeakIdentifiers:Cards:0"] = Weak,
                ["Loyalty:WeakIdentifiers:Emails:0"] = "*@quillon-store.example",
                ["PhoneNumbers:DefaultCountryCode"] = "44",
            },
        });
        using var measurements = new CapturedMeasurements(service.Services.GetRequiredService<IMeterFactory>());
        await service.Provider.PutMembers(
            new() { Card = Found, CustomerId = "M-771201", Email = "quillon.found@private.example", Name = "Quillon Personal" },
            new() { Card = Blocked, Email = "quillon.blocked@private.example", Status = "blocked" });
        CustomerHint all = new() { LoyaltyCard = Found, CustomerNumber = "C-771201", Email = "quillon", Phone = "+44 771200 771201" };

        for (var i = 0; i < 200; i++)
        {
            var card = new[] { Found, Unknown, Blocked, Weak, $"77120055{i:000}" }[i % 5];
            await service.Received(An.Order($"{i}") with { Customer = all with { LoyaltyCard = card } });
        }
        foreach (var from in new[] { CustomerOrigin.Claim, CustomerOrigin.CardRegistration })
        {
            foreach (var hint in new[] { all, all with { Email = "quillon.said@private.example" }, new() { Email = "quillon@quillon-store.example" } })
                await service.AskedAgain(An.ResolveCustomer(Guid.NewGuid(), An.Order(card: Unknown)) with { Hint = hint, HintFrom = from, NotBefore = TimeProvider.System.GetUtcNow() });
        }
        var answers = new List<HttpResponseMessage>();
        foreach (var fault in new Fault?[] { null, new() { Status = 400 } })
        {
            if (fault is not null)
                await service.Provider.PutFault(fault);
            foreach (var card in new[] { Found, Unknown, Blocked, Weak, "quillon \0" })
            {
                answers.Add(await service.CardRegistered(card));
                answers.Add(await service.CardRegistered(card, "quillon.notice@private.example"));
                answers.Add(await service.CardRegistered(card, "quillon"));
                answers.Add(await service.ConsentChanged(new { card, mayBeTracked = false }));
            }
            answers.Add(await service.ConsentChanged(new { email = "quillon.notice@private.example", mayBeTracked = true }));
            answers.Add(await service.ConsentChanged(new { email = "quillon.notice@private.example", mayBeTracked = "quillon", reason = Found }));
        }
        foreach (var body in new[] { $$"""{"card":"{{Found}}","quillon""", $$"""{"card":{{Found}}}""", $$"""{"email":"quillon@private.example","card":[{"quillon":1}]}""", new string('7', 9000) + Found })
        {
            foreach (var route in new[] { "loyalty-cards/registered", "customers/consents" })
                answers.Add(await service.Http.PostAsync(route, new StringContent(body, Encoding.UTF8, "application/json")));
        }

        var told = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        var everything = logs.Lines.Concat(spans.Spans).Concat(measurements.Sums.Keys).Concat(told).Select(line => Ids().Replace(line, "")).ToList();
        Assert.DoesNotContain(everything, line => line.Contains("771200", StringComparison.Ordinal) || line.Contains("771201", StringComparison.Ordinal)
            || line.Contains("quillon", StringComparison.OrdinalIgnoreCase));
        // A card's key stays out too: whoever has the number can compute it.
        Assert.DoesNotContain(logs.Lines.Concat(spans.Spans).Concat(told), line => line.Contains(CardNumbers.KeyOf(Found), StringComparison.Ordinal));
        Assert.Equal([202, 400, 404, 413, 422, 503], answers.Select(answer => (int)answer.StatusCode).Distinct().Order());
        // A flag for each card that was used by many, and every notice counted.
        Assert.Equal(3, logs.Lines.Count(line => line.Contains(" 2020 ", StringComparison.Ordinal)));
        Assert.Contains("customer_resolution.notice.take[{notice}]{notice=card_registered,status=202}", measurements.Sums.Keys);
        Assert.Contains("customer_resolution.notice.take[{notice}]{notice=consent_changed,status=503}", measurements.Sums.Keys);
        Assert.Contains("customer_resolution.consent.publish[{consent}]{may_be_tracked=False,from=lookup}", measurements.Sums.Keys);
        Assert.Contains("customer_resolution.consent.publish[{consent}]{may_be_tracked=True,from=notice}", measurements.Sums.Keys);
    }

    [Fact]
    public async Task It_counts_them_by_what_came_of_them()
    {
        await using var service = await RunningService.Start(new() { WithContacts = true });
        using var measurements = new CapturedMeasurements(service.Services.GetRequiredService<IMeterFactory>());
        await service.Provider.PutMembers(new Member { Card = "1", Email = "a@shop.example" });
        await service.Provider.PutContacts(new Member { Card = "2", Email = "b@shop.example" });

        await service.Received(An.Order(card: "1"));
        await service.Received(An.Order(card: "1"));
        await service.Received(An.Order(card: "2"));
        await service.Received(An.Order(card: "3"));
        await service.Received(An.Order(card: "3"));
        await service.Received(An.Order(email: "c@shop.example"));
        await service.Received(An.Order(card: null));
        await service.Provider.PutFault(new() { Status = 400, Times = 1 });
        await service.Received(An.Order(card: "4"));

        var counts = measurements.Sums.Where(sum => !sum.Key.Contains("duration", StringComparison.Ordinal)).OrderBy(sum => sum.Key, StringComparer.Ordinal);
        Assert.Equal(
        [
            ("customer_resolution.cache.ask[{lookup}]{provider=customer-contacts,answer=absent}", 2),
            ("customer_resolution.cache.ask[{lookup}]{provider=customer-contacts,answer=known_miss}", 1),
            ("customer_resolution.cache.ask[{lookup}]{provider=loyalty-provider,answer=absent}", 4),
            ("customer_resolution.cache.ask[{lookup}]{provider=loyalty-provider,answer=hit}", 1),
            ("customer_resolution.cache.ask[{lookup}]{provider=loyalty-provider,answer=known_miss}", 1),
            ("customer_resolution.order.resolve[{order}]{outcome=found_loyalty_provider}", 2),
            ("customer_resolution.order.resolve[{order}]{outcome=found_order}", 1),
            ("customer_resolution.order.resolve[{order}]{outcome=found_web_shop_contacts}", 1),
            ("customer_resolution.order.resolve[{order}]{outcome=no_identifier}", 1),
            ("customer_resolution.order.resolve[{order}]{outcome=not_found}", 2),
            ("customer_resolution.order.resolve[{order}]{outcome=provider_unavailable}", 1),
            ("customer_resolution.provider.ask[{lookup}]{provider=customer-contacts,outcome=found}", 1),
            ("customer_resolution.provider.ask[{lookup}]{provider=customer-contacts,outcome=not_found}", 1),
            ("customer_resolution.provider.ask[{lookup}]{provider=loyalty-provider,outcome=found}", 1),
            ("customer_resolution.provider.ask[{lookup}]{provider=loyalty-provider,outcome=not_found}", 2),
            ("customer_resolution.provider.ask[{lookup}]{provider=loyalty-provider,outcome=unexpected_status}", 1),
        ], counts.Select(sum => (sum.Key, (int)sum.Value)));
        var seconds = measurements.Sums["customer_resolution.provider.duration[s]{provider=loyalty-provider,outcome=found}"];
        Assert.InRange(seconds, 0.000_001, 30);
    }

    // GUIDs, and the ids of traces and spans.
    [GeneratedRegex(@"\b[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\b|\b[0-9a-f]{16}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Ids();
}
