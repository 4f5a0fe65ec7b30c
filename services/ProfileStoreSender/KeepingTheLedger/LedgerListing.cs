namespace ProfileStoreSender.KeepingTheLedger;

/// <summary>How both databases are asked for many rows; parameters are @now, @limit and what the filter names.</summary>
internal static class LedgerListing
{
    /// <summary>The state a row is in at @now: nobody answers for a claim that is over, and what may have arrived is not only unavailable.</summary>
    public const string StateSql = $"CASE WHEN {UnknownSql} THEN 'unknown' ELSE state END";

    // The word itself stands only in tables that a build between two releases has worked on.
    private const string UnknownSql = "(state = 'unknown' OR state = 'unavailable' AND may_have_arrived OR state = 'sending' AND claimed_until < @now)";

    /// <summary>Rows in the order of their keys.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="select">What is read of each.</param>
    public static string Sql(LedgerFilter filter, string select)
    {
        var conditions = new List<string>();
        if (filter.After is not null)
            conditions.Add("(order_id, destination) > (@after_order, @after_destination)");
        if (filter.Destination is not null)
            conditions.Add("destination = @destination");
        if (filter.State is { } state)
            conditions.Add(state switch
            {
                DeliveryState.Unknown => UnknownSql,
                DeliveryState.Unavailable => "state = 'unavailable' AND NOT coalesce(may_have_arrived, false)",
                DeliveryState.Sending => "state = 'sending' AND claimed_until >= @now",
                _ => "state = @state",
            });
        var where = conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
        return $"{select}{where} ORDER BY order_id, destination LIMIT @limit";
    }
}
