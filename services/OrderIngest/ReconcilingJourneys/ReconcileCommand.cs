using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using OrderIngest.JournalingOrders;
using ServiceDefaults.UsingTheDatabase;

namespace OrderIngest.ReconcilingJourneys;

/// <summary><c>OrderIngest reconcile --from TIME</c>: after journeys were lost. Exit code 0 when the running service will compare, 1 on failure.</summary>
internal static class ReconcileCommand
{
    private const int Done = 0, Failed = 1;

    public static Command Make(TextWriter output, TextWriter errors)
    {
        var from = new Option<string>("--from") { Description = "Orders accepted at this time or later; UTC unless it has an offset.", Required = true };
        var to = new Option<string?>("--to") { Description = "Orders accepted before this time; without it, up to now." };
        var rate = new Option<int>("--orders-per-second") { Description = "How many are compared, and at most published again, per second: 1 to 10,000.", DefaultValueFactory = _ => 200 };
        var wait = new Option<int>("--wait") { Description = "Seconds to wait for a database that is away.", DefaultValueFactory = _ => 60 };
        foreach (var instant in new Option[] { from, to })
        {
            instant.Validators.Add(result =>
            {
                if (result.Tokens is [var token] && Instant(token.Value) is null)
                    result.AddError($"{instant.Name} must be a time such as 2026-11-20T12:00:00Z");
            });
        }
        rate.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var orders) && orders is >= 1 and <= 10_000))
                result.AddError("--orders-per-second must be 1 to 10000");
        });
        var reconcile = new Command("reconcile", "Has journal and journeys compared once more; the running service publishes again what no journey knows.") { from, to, rate, wait };
        reconcile.SetAction((parsed, cancellationToken) => Recall(
            Instant(parsed.GetRequiredValue(from))!.Value, parsed.GetValue(to) is { } end ? Instant(end) : null, parsed.GetValue(rate),
            TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(wait), 1, 3600)), output, errors, cancellationToken));
        return reconcile;
    }

    private static async Task<int> Recall(
        DateTimeOffset from, DateTimeOffset? to, int ordersPerSecond, TimeSpan patience, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            return await JournalHost.Use(patience, async services =>
            {
                if (services.GetRequiredService<IOptions<OrderIngestOptions>>().Value.Journeys.BaseAddress is null)
                {
                    await errors.WriteLineAsync($"{OrderIngestOptions.Section}:{nameof(OrderIngestOptions.Journeys)}:{nameof(JourneysOptions.BaseAddress)} is not set: nobody would compare. Nothing was done.");
                    return Failed;
                }
                var recall = new AcknowledgementRecall(services.GetRequiredKeyedService<ServiceDatabase>(OrderIngestService.Name), services.GetRequiredService<TimeProvider>());
                var (orders, over) = await recall.Run(from, to, ordersPerSecond, cancellationToken);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{orders} orders are compared with the journeys by the running service within {Math.Ceiling(over.TotalSeconds):0} s; what no journey knows is published again."));
                return Done;
            }, cancellationToken);
        }
        catch (OptionsValidationException exception)
        {
            await errors.WriteLineAsync(string.Join(Environment.NewLine, exception.Failures));
        }
        catch (DatabaseUnavailableException exception)
        {
            await errors.WriteLineAsync(exception.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync("Stopped. What was begun goes on; the same command again does the rest.");
        }
        return Failed;
    }

    private static DateTimeOffset? Instant(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}
