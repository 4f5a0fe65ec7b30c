using ProfileStoreSender.KeepingTheLedger;

namespace ProfileStoreSender.SendingEvents;

/// <summary>Asks a destination about requests whose replies were lost. Keeps what is wrong with asking, for health.</summary>
internal sealed class LostReplies(ICanBeAsked destination, string name, TimeSpan timeout, SendingMetrics metrics, TimeProvider time, ILogger log)
{
    private readonly Lock _lock = new();
    private (string Problem, DateTimeOffset Since)? _failing;

    /// <summary>Since when questions get no usable answer, or null.</summary>
    public (string Problem, DateTimeOffset Since)? Failing
    {
        get { lock (_lock) return _failing; }
    }

    /// <summary>Looks for the event of a row that may have arrived.</summary>
    public async Task<LostReply> LookFor(LedgerEntry entry, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var answer = await destination.Ask(entry.TrackId, cancellationToken);
        Learn(answer);
        var found = answer.Times switch
        {
            null => LostReply.StillUnknown,
            > 0 => LostReply.Found,
            // It may have arrived as late as the request's time-out, and is found some time after that.
            _ => asked >= (entry.SentAt ?? entry.UpdatedAt) + timeout + destination.AskAfter ? LostReply.Missing : LostReply.StillUnknown,
        };
        metrics.Asked(name, answer.Times is null ? "NoAnswer" : found.ToString());
        return found;
    }

    private void Learn(QueryAnswer answer)
    {
        lock (_lock)
        {
            if (answer.Problem is { } problem)
            {
                if (_failing is null)
                    LogMessages.QuestionsFail(log, name, problem);
                _failing = (problem, _failing?.Since ?? time.GetUtcNow());
                return;
            }
            if (_failing is not null)
                LogMessages.QuestionsAnswered(log, name);
            _failing = null;
        }
    }
}

/// <summary>What is known of an event after asking.</summary>
internal enum LostReply
{
    /// <summary>No answer, or too early to believe a "no".</summary>
    StillUnknown,

    /// <summary>The destination has it.</summary>
    Found,

    /// <summary>The destination does not have it, and had time enough to show it.</summary>
    Missing,
}
