namespace OrderIngest.RepairingRejectedInput;

/// <summary>Puts rejected input away, or takes it out again; any number, a few at a time.</summary>
internal sealed class Dismissal(RejectedInputs inputs, RejectedRepairs repairs, ILogger<Dismissal> log)
{
    /// <summary>Answers how many were moved.</summary>
    /// <param name="ids">Named ones; null for all that the filter fits.</param>
    /// <param name="filter">Which, in the state they are in.</param>
    /// <param name="to">Where to.</param>
    /// <param name="why">Kept beside them.</param>
    /// <param name="scope">Who asks.</param>
    /// <param name="atATime">In one transaction.</param>
    /// <param name="cancellationToken">Stops; what was moved stays.</param>
    public async Task<long> Run(IReadOnlyList<long>? ids, RejectedFilter filter, RejectedState to, string? why, RejectedScope scope, int atATime, CancellationToken cancellationToken)
    {
        long moved = 0;
        if (ids is not null)
        {
            foreach (var some in ids.Distinct().Order().Chunk(atATime))
                moved += await repairs.Move(some, scope.Source, filter.State, to, why, scope.By, cancellationToken);
        }
        else if (await inputs.Last(filter, cancellationToken) is { } last)
        {
            RejectedPlace? after = null;
            while (await inputs.Next(filter, after, atATime, long.MaxValue, cancellationToken) is [.., var end] page)
            {
                var meant = page.Where(place => !place.IsBehind(last)).Select(place => place.Id).ToList();
                if (meant.Count > 0)
                    moved += await repairs.Move(meant, filter.Source, filter.State, to, why, scope.By, cancellationToken);
                if (meant.Count < page.Count)
                    break;
                after = end;
            }
        }
        if (to == RejectedState.Dismissed)
            LogMessages.Dismissed(log, moved, scope.By);
        else
            LogMessages.Reopened(log, moved, scope.By);
        return moved;
    }
}
