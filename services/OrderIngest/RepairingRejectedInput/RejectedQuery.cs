using Dapper;
using OrderIngest.JournalingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>
/// A filter as SQL. Each condition is spelled out only when it is asked for, and the fixed words of a state and a reason as literals: PostgreSQL plans these
/// statements once for all values, and could not use a partial index otherwise.
/// </summary>
internal sealed class RejectedQuery
{
    private readonly List<string> _conditions = [];

    // By fault everything that is asked for is beside the kind: one index is read, and the input only for what is shown.
    private readonly string _filtered, _id;

    public RejectedQuery(IngestTables tables, RejectedFilter filter, RejectedPlace? after = null, bool oldestFirst = false)
    {
        var byFault = filter.Fault is not null;
        (_filtered, _id) = byFault ? ("fault", "fault.rejected_id") : ("input", "input.id");
        From = byFault ? "rejected_faults AS fault JOIN rejected_inputs AS input ON input.id = fault.rejected_id" : "rejected_inputs AS input";
        _conditions.Add($"{_filtered}.state = '{RejectedStateText.Of(filter.State)}'");
        // Lets in the index for lists that are filtered by none of the three: see there.
        if (filter is { Source: null, File: null, Fault: null })
            _conditions.Add("input.id > 0");
        if (byFault)
            With("fault.kind = @fault", "fault", filter.Fault!);
        if (filter.Source is { } source)
            With($"{_filtered}.source = @source", "source", source);
        if (filter.File is { } file)
            With($"{_filtered}.file = @file", "file", file);
        if (filter.Reason is { } reason)
            _conditions.Add($"input.reason = '{RejectionReasonText.Of(reason)}'");
        if (filter.Layout is { } layout)
            With("input.layout = @layout", "layout", layout);
        if (filter.From is { } from)
            With($"{_filtered}.received_at >= @from", "from", tables.Value(from));
        if (filter.To is { } to)
            With($"{_filtered}.received_at < @to", "to", tables.Value(to));
        if (after is { } place)
        {
            With($"({_filtered}.received_at, {_id}) {(oldestFirst ? ">" : "<")} (@afterTime, @afterId)", "afterTime", tables.Value(place.ReceivedAt));
            Values.Add("afterId", place.Id);
        }
        var direction = oldestFirst ? "ASC" : "DESC";
        OrderBy = $"{_filtered}.received_at {direction}, {_id} {direction}";
    }

    public DynamicParameters Values { get; } = new();

    public string From { get; }

    public string Where => string.Join(" AND ", _conditions);

    public string OrderBy { get; }

    /// <summary>One page of these columns; the table of inputs is named <c>input</c>.</summary>
    public string Page(string columns, int most)
    {
        Values.Add("most", most);
        return $"SELECT {columns} FROM {From} WHERE {Where} ORDER BY {OrderBy} LIMIT @most";
    }

    private void With(string condition, string name, object value)
    {
        _conditions.Add(condition);
        Values.Add(name, value);
    }
}
