using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderIngest.TryingFormats;

/// <summary>
/// <c>OrderIngest read FILE</c>: what a reader makes of a file, without a database. Each order as one line of JSON in the shape of <c>POST /orders</c>, then each
/// rejected and each skipped transaction, and what was odd about orders, with line and position. Exit code 0, 2 when something was rejected, 1 when the file
/// could not be read.
/// </summary>
internal static class ReadCommand
{
    private const int Done = 0, Failed = 1, SomethingRejected = 2;

    /// <summary>Zone of times without an offset where a format is tried without a configured source.</summary>
    private const string DefaultZone = "UTC";

    private const string Tried = "tried";

    /// <summary>ISO 4217's code where no currency is involved: some formats never state theirs, and a first look should not end there. <c>POST /orders</c> refuses it.</summary>
    private const string NoCurrency = "XXX";

    public static Command Make(TextWriter output, TextWriter errors)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The file." };
        var source = new Option<string?>("--source") { Description = "Configured name of the ERP or POS, with its format, time zone, encoding and currency." };
        var settings = new Option<FileInfo?>("--settings") { Description = "JSON file with the section OrderIngest:Sources, beside the service's own settings: to try a source before it is deployed." };
        var format = new Option<InputFormat?>("--format") { Description = "json, csv, poslog, shopify, square, lightspeed or d365, without a configured source." };
        var lines = new Option<FileInfo?>("--lines") { Description = "The file of lines, where orders and lines are two files." };
        var zone = new Option<string?>("--time-zone") { Description = $"With --format: IANA zone of times without an offset ({DefaultZone})." };
        var currency = new Option<string?>("--currency") { Description = $"With --format: currency of orders that do not state one ({NoCurrency}, which is none)." };
        var store = new Option<string?>("--store") { Description = "With --format: store of orders that do not name theirs." };
        var encoding = new Option<string?>("--encoding") { Description = "With --format: encoding of the file (what it declares, else UTF-8)." };
        var read = new Command("read", "Prints what a reader makes of a file, and keeps nothing.") { file, source, settings, format, lines, zone, currency, store, encoding };
        read.Validators.Add(result =>
        {
            if (result.GetValue(source) is null == (result.GetValue(format) is null))
                result.AddError("Name either --source, a configured one, or --format.");
        });
        read.SetAction((parsed, cancellationToken) =>
        {
            var tried = parsed.GetValue(format) is null ? null : Options(parsed.CommandResult);
            return Read(parsed.GetRequiredValue(file), parsed.GetValue(lines), parsed.GetValue(source), parsed.GetValue(settings), tried, output, errors, cancellationToken);
        });
        return read;

        SourceOptions Options(CommandResult given) => new()
        {
            Format = given.GetValue(format) ?? default,
            TimeZone = given.GetValue(zone) ?? DefaultZone,
            Currency = given.GetValue(currency)?.ToUpperInvariant(),
            Store = given.GetValue(store),
            Encoding = given.GetValue(encoding),
        };
    }

    private static async Task<int> Read(FileInfo file, FileInfo? lines, string? name, FileInfo? settings, SourceOptions? tried, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            if (tried?.Faults().Select(fault => $"{fault.Key} {fault.Says}").ToList() is { Count: > 0 } faults)
            {
                await errors.WriteLineAsync($"With --format: {string.Join("; ", faults)}");
                return Failed;
            }
            await using var services = Services(settings);
            var source = tried is null ? services.GetRequiredService<ConfiguredSources>().Find(name!) : Trial(tried);
            if (source is null)
            {
                await errors.WriteLineAsync(SourceGuard.NotConfigured(name!));
                return Failed;
            }
            await using var stream = file.OpenRead();
            await using var second = lines?.OpenRead();
            return await Print(services.GetRequiredService<OrderReaders>().Read(stream, second, source, new(), cancellationToken), source, output, errors);
        }
        catch (OptionsValidationException exception)
        {
            await errors.WriteLineAsync(string.Join(Environment.NewLine, exception.Failures));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or UnreadableHeaderException or InvalidDataException)
        {
            await errors.WriteLineAsync(exception.Message);
        }
        return Failed;
    }

    private static Source Trial(SourceOptions options) => options.Currency is null ? new Source(Tried, options).CountingIn(NoCurrency) : new(Tried, options);

    private static async Task<int> Print(IAsyncEnumerable<ReadInput> inputs, Source source, TextWriter output, TextWriter errors)
    {
        var others = new List<object>();
        var (orders, rejected, skipped, withoutCurrency) = (0, 0, 0, 0);
        await foreach (var input in inputs)
        {
            if (input.Order is { } order)
            {
                orders++;
                withoutCurrency += order.Currency == NoCurrency ? 1 : 0;
                await output.WriteLineAsync(PostedOrder.Of(order, order.Source != Tried));
                if (input.Notes.Count > 0)
                    others.Add(new { Noted = new { Line = input.FirstRow, input.Position, input.Notes } });
            }
            else if (input.Skipped is { } why)
            {
                skipped++;
                others.Add(new { Skipped = new { Line = input.FirstRow, input.Position, Reason = why } });
            }
            else
            {
                rejected++;
                others.Add(new { Rejected = new { Line = input.FirstRow, input.Position, input.Faults } });
            }
        }
        foreach (var other in others)
            await output.WriteLineAsync(JsonSerializer.Serialize(other, PlainJson.Options));
        var assumed = source.Name != Tried ? "" : $"; times without an offset were read in {source.ZoneOf(null)!.Id}";
        if (withoutCurrency > 0)
            assumed += $"; {withoutCurrency} without a currency: {NoCurrency} stands for none, name it with --currency";
        await errors.WriteLineAsync($"{orders} orders, {rejected} rejected, {skipped} skipped{assumed}");
        return rejected == 0 ? Done : SomethingRejected;
    }

    private static ServiceProvider Services(FileInfo? settings)
    {
        var builder = Host.CreateApplicationBuilder();
        if (settings is not null)
            builder.Configuration.AddJsonFile(settings.FullName, optional: false);
        builder.Logging.ClearProviders();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddReaders();
        return builder.Services.BuildServiceProvider();
    }
}
