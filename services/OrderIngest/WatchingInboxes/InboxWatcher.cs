using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;

namespace OrderIngest.WatchingInboxes;

/// <summary>
/// Looks into every configured inbox from time to time; each by itself, so that a large file of one source does not hold up another's. What is wrong with a folder is
/// said in health and tried again; nothing ends the watch.
/// </summary>
internal sealed class InboxWatcher(
    ConfiguredSources sources, InboxImport import, IHostEnvironment environment, IOptions<OrderIngestOptions> options, TimeProvider time, ILogger<InboxWatcher> log) : BackgroundService, IHealthCheck
{
    private readonly IReadOnlyList<Inbox> _inboxes =
        [.. sources.All.Where(source => source.Inbox is not null).Select(source => new Inbox(source, Path.GetFullPath(source.Inbox!, environment.ContentRootPath)))];
    private readonly ConcurrentDictionary<string, string> _problems = new();

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problems = _problems.OrderBy(problem => problem.Key, StringComparer.Ordinal).Select(problem => $"{problem.Key}: {problem.Value}").ToList();
        return Task.FromResult(
            problems.Count > 0 ? HealthCheckResult.Degraded(string.Join("; ", problems))
            : HealthCheckResult.Healthy(_inboxes.Count == 0 ? "no inbox is configured" : $"inboxes looked into every {options.Value.InboxPollInterval}: {_inboxes.Count}"));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_inboxes.Select(inbox => Task.Run(() => Watch(inbox, stoppingToken), CancellationToken.None)));

    private async Task Watch(Inbox inbox, CancellationToken stoppingToken)
    {
        var (arriving, working) = (new CompletionWatch(options.Value.InboxQuietTime, time), new CompletionWatch(options.Value.InboxQuietTime, time));
        try
        {
            while (true)
            {
                Note(inbox, await Look(inbox, arriving, working, stoppingToken));
                await Task.Delay(options.Value.InboxPollInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is being read goes on where it was, here or elsewhere.
        }
    }

    /// <summary>One look; answers what is wrong, or null.</summary>
    private async Task<string?> Look(Inbox inbox, CompletionWatch arriving, CompletionWatch working, CancellationToken stoppingToken)
    {
        string? problem = null;
        await Try(async () =>
        {
            inbox.Prepare();
            await import.CloseOrphans(inbox, stoppingToken);
            foreach (var name in working.Complete(inbox.Working(), []))
                await Try(() => import.Take(inbox, name, stoppingToken));
            var (files, unfinished) = inbox.Look();
            foreach (var name in arriving.Complete(files, unfinished))
                await Try(() => inbox.Take(name) is { } taken ? import.Take(inbox, taken, stoppingToken) : Task.CompletedTask);
        });
        return problem ?? (inbox.Links > 0 ? $"{inbox.Links} of its files are links and left alone" : null);

        // One file that cannot be read or moved must not hold up the next.
        async Task Try(Func<Task> step)
        {
            try
            {
                await step();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problem = Says(exception);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                problem = $"taking in a file failed: {exception.GetBaseException().GetType().Name}";
                LogMessages.InboxFailed(log, inbox.Key, options.Value.InboxPollInterval, exception);
            }
        }
    }

    private void Note(Inbox inbox, string? problem)
    {
        if (problem is null)
        {
            if (_problems.TryRemove(inbox.Key, out _))
                LogMessages.InboxUsable(log, inbox.Key);
            return;
        }
        if (!_problems.TryGetValue(inbox.Key, out var before) || before != problem)
            LogMessages.InboxProblem(log, inbox.Key, problem, options.Value.InboxPollInterval);
        _problems[inbox.Key] = problem;
    }

    // The system's own texts name the path, and with it the file; names of files are the ERP's business and may be anything.
    private static string Says(Exception exception) => exception switch
    {
        InboxFolderException => exception.Message,
        UnauthorizedAccessException => "the service's user may not read, write or move there",
        _ => $"a file cannot be read or moved: {exception.GetType().Name}",
    };
}
