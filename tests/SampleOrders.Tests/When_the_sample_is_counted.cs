using System.Globalization;

namespace SampleOrders.Tests;

/// <summary>Counts the shipped file with a reader of its own: what expected.json says must be what is in there, not what the generator meant.</summary>
public sealed class When_the_sample_is_counted
{
    private readonly List<string[]> _rows;
    private readonly Dictionary<string, int> _columns;
    private readonly ILookup<string, string> _statusByCard;

    public When_the_sample_is_counted()
    {
        var lines = File.ReadAllLines(Path.Combine(When_the_sample_is_written_again.Shipped(), "store-orders.csv"));
        _columns = lines[0].Split(',').Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        _rows = [.. lines.Skip(1).Select(Fields)];
        _statusByCard = File.ReadLines(Path.Combine(When_the_sample_is_written_again.Shipped(), "loyalty-members.csv"))
            .Skip(1).Select(Fields).ToLookup(fields => fields[0], fields => fields[4]);
    }

    [Fact]
    public void Every_number_of_the_summary_is_right()
    {
        var expected = When_the_sample_is_written_again.Expected();
        var orders = Orders();
        var valid = orders.Where(order => order.All(IsSound)).ToList();
        var distinct = valid.DistinctBy(order => string.Join('\n', order.Select(row => string.Join(',', row)))).ToList();
        var lookups = distinct.GroupBy(order => Lookup(order[0])).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(
            new Dictionary<string, int>
            {
                ["orders"] = distinct.Count,
                ["sales"] = distinct.Count(order => Value(order[0], "kind") == "sale"),
                ["returns"] = distinct.Count(order => Value(order[0], "kind") == "return"),
                ["returnsWithOriginalReceipt"] = distinct.Count(order => Value(order[0], "original_receipt_number").Length > 0),
                ["rows"] = _rows.Count,
                ["voidedLines"] = distinct.Sum(order => order.Count(row => Value(row, "voided") == "true")),
                ["weighedLines"] = distinct.Sum(order => order.Count(row => Value(row, "unit") == "kg")),
                ["faultyOrders"] = orders.Count - valid.Count,
                ["faultyOrderRows"] = orders.Sum(order => order.Count) - valid.Sum(order => order.Count),
                ["duplicateOrders"] = valid.Count - distinct.Count,
                ["duplicateRows"] = valid.Sum(order => order.Count) - distinct.Sum(order => order.Count),
                ["withoutIdentifier"] = lookups["none"],
                ["withEmail"] = lookups["email"],
                ["knownCards"] = lookups["known"],
                ["unknownCards"] = lookups["unknown"],
                ["blockedCards"] = lookups["blocked"],
                ["ambiguousCards"] = lookups["ambiguous"],
                ["identified"] = lookups["email"] + lookups["known"],
                ["byOrderNumber"] = distinct.Count(order => Value(order[0], "receipt_number").Length == 0),
                ["afterMidnight"] = distinct.Count(order => !Value(order[0], "occurred_at").StartsWith(Value(order[0], "business_date"), StringComparison.Ordinal)),
                ["stores"] = distinct.Select(order => Value(order[0], "store_id")).Distinct().Count(),
                ["members"] = _statusByCard.Sum(card => card.Count()),
            },
            expected.EnumerateObject().Where(number => number.Value.ValueKind == System.Text.Json.JsonValueKind.Number)
                .ToDictionary(number => number.Name, number => number.Value.GetInt32()));
        Assert.Equal(2000, distinct.Count);
    }

    [Fact]
    public void Totals_are_the_sums_of_the_lines_that_count() =>
        Assert.All(Orders().Where(order => order.All(IsSound)), order =>
        {
            var sold = order.Where(row => Value(row, "voided") != "true").ToList();
            Assert.Equal(Amount(order[0], "total_gross"), sold.Sum(row => Amount(row, "line_total")));
            Assert.Equal(Amount(order[0], "total_tax"), sold.Sum(row => Amount(row, "line_tax")));
            Assert.Equal(Amount(order[0], "total_gross"), Amount(order[0], "total_net") + Amount(order[0], "total_tax"));
        });

    [Fact]
    public void Receipt_numbers_of_a_till_are_given_once_and_count_up()
    {
        var seen = new HashSet<string>();
        var fresh = Orders().Where(order => seen.Add(string.Join('|', order[0][..5])) && Value(order[0], "store_id").Length > 0).Select(order => order[0]);
        var tills = fresh.Where(row => Value(row, "receipt_number").Length > 0).GroupBy(row => (Value(row, "store_id"), Value(row, "register_id"))).ToList();

        Assert.All(tills, till => Assert.Equal(till.Select(row => Value(row, "receipt_number")).Order(StringComparer.Ordinal), till.Select(row => Value(row, "receipt_number"))));
        Assert.InRange(tills.Count, 80, 160);
    }

    [Fact]
    public void Everything_happened_before_the_twentieth() =>
        Assert.All(Orders().Where(order => order.All(IsSound)), order => Assert.True(At(order[0]) < new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero)));

    /// <summary>Rows in a row with the same first five columns are one order.</summary>
    private List<List<string[]>> Orders()
    {
        var orders = new List<List<string[]>>();
        foreach (var row in _rows)
        {
            if (orders.Count == 0 || !orders[^1][0].AsSpan(0, 5).SequenceEqual(row.AsSpan(0, 5)))
                orders.Add([]);
            orders[^1].Add(row);
        }
        return orders;
    }

    private bool IsSound(string[] row) =>
        row.Length == _columns.Count
        && Value(row, "store_id").Length > 0 && Value(row, "sku").Length > 0
        && DateOnly.TryParseExact(Value(row, "business_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && DateTimeOffset.TryParseExact(Value(row, "occurred_at"), "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && Value(row, "currency") is "EUR" or "SEK" or "GBP" or "CHF" or "DKK" or "NOK"
        && Value(row, "quantity") is var quantity && decimal.TryParse(quantity, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
        && new[] { "unit_price", "line_total", "total_gross" }.All(column => decimal.TryParse(Value(row, column), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _));

    private string Lookup(string[] row)
    {
        if (Value(row, "email").Length > 0)
            return "email";
        if (Value(row, "loyalty_card").Length == 0)
            return "none";
        string[] statuses = [.. _statusByCard[Value(row, "loyalty_card")]];
        return statuses switch { [] => "unknown", ["blocked"] => "blocked", ["active"] => "known", _ => "ambiguous" };
    }

    private string Value(string[] row, string column) => row[_columns[column]];

    private decimal Amount(string[] row, string column) => decimal.Parse(Value(row, column), CultureInfo.InvariantCulture);

    private DateTimeOffset At(string[] row) => DateTimeOffset.Parse(Value(row, "occurred_at"), CultureInfo.InvariantCulture);

    private static string[] Fields(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[++i]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(line[i]);
        }
        return [.. fields, field.ToString()];
    }
}
