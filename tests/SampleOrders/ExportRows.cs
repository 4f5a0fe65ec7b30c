using System.Text;

namespace SampleOrders;

/// <summary>The flat export: comma, UTF-8 without byte order mark, line feed, quotes only where needed.</summary>
internal static class ExportRows
{
    public const string Header =
        "order_number,store_id,register_id,receipt_number,business_date,occurred_at,kind,currency,prices_include_tax,loyalty_card,customer_number,email,phone," +
        "original_store_id,original_register_id,original_receipt_number,original_business_date,total_net,total_tax,total_discount,total_gross," +
        "line_number,sku,barcode,description,quantity,unit,unit_price,line_discount,line_tax,line_tax_rate,line_total,voided";

    private static readonly Dictionary<string, int> Columns = Header.Split(',').Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);

    public static int Column(string name) => Columns[name];

    public static string Text(IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Count; i++)
                Append(i == 0 ? text : text.Append(','), row[i]);
            text.Append('\n');
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, string value)
    {
        if (value.AsSpan().ContainsAny(",\"\n"))
            text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            text.Append(value);
    }
}
