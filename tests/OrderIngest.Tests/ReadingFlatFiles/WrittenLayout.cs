using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace OrderIngest.Tests.ReadingFlatFiles;

/// <summary>One of the ways to write an order.</summary>
internal sealed record WrittenLayout(char Delimiter, char DecimalSign, char? Thousands, bool Reversed, string Encoding, bool Mark, string LineEnd, bool OrderColumnsOnce, string Time, bool TwoColumns)
{
    public static Gen<WrittenLayout> Any =>
        from delimiter in Gen.Elements(',', ';', '|', '\t')
        from sign in Gen.Elements('.', ',')
        from grouped in Gen.Elements(false, true)
        from reversed in Gen.Elements(false, true)
        from encoding in Gen.Elements("utf-8", "windows-1252", "utf-16")
        from mark in Gen.Elements(false, true)
        from end in Gen.Elements("\n", "\r\n")
        from once in Gen.Elements(false, true)
        from time in Gen.Elements("yyyy-MM-dd HH:mm", "dd.MM.yyyy HH:mm", "MM/dd/yyyy hh:mm tt")
        from two in Gen.Elements(false, true)
        select new WrittenLayout(delimiter, sign, grouped ? sign == '.' ? ',' : '.' : null, reversed, encoding, mark || encoding == "utf-16", end, once, time, two);

    static WrittenLayout() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private string DateFormat => Time[..10];

    private string TimeFormat => Time[11..];

    public (string Key, string Value)[] Settings =>
    [
        ("TimeZone", "Europe/Stockholm"), ("Currency", "SEK"), ("Delimiter", Delimiter == '\t' ? "tab" : $"{Delimiter}"), ("DecimalSign", $"{DecimalSign}"), ("AmountSign", Reversed ? "Reversed" : "AsWritten"),
        ("Encoding", Encoding == "utf-16" ? "utf-8" : Encoding), ("TimeFormat", TwoColumns ? TimeFormat : Time), ("DateFormat", DateFormat),
        .. Thousands is { } separator ? [("ThousandsSeparator", $"{separator}")] : Array.Empty<(string, string)>(),
        .. TwoColumns ? [("Columns:occurredDate", "date"), ("Columns:occurredTime", "time")] : new[] { ("Columns:occurredAt", "date") },
        ("Columns:storeId", "=17"), ("Columns:registerId", "till"), ("Columns:receiptNumber", "no"), ("Columns:customer.loyaltyCard", "card"), ("Columns:totals.gross", "paid"), ("Columns:line.sku", "item"),
        ("Columns:line.quantity", "pieces"), ("Columns:line.unitPrice", "price"), ("Columns:line.total", "amount"),
    ];

    public byte[] Write(IEnumerable<WrittenOrder> orders)
    {
        var text = new StringBuilder();
        Row(text, ["till", "no", "date", .. TwoColumns ? ["time"] : Array.Empty<string>(), "card", "paid", "item", "pieces", "price", "amount"]);
        foreach (var order in orders)
        {
            var sign = order.IsReturn == Reversed ? 1 : -1;
            string[] header =
            [
                "3", order.Receipt, order.Closed.ToString(TwoColumns ? DateFormat : Time, CultureInfo.InvariantCulture), .. TwoColumns ? [order.Closed.ToString(TimeFormat, CultureInfo.InvariantCulture)] : Array.Empty<string>(),
                order.Card ?? "", Number(sign * order.Gross),
            ];
            for (var i = 0; i < order.Lines.Count; i++)
            {
                var line = order.Lines[i];
                Row(text, [.. i > 0 && OrderColumnsOnce ? header.Select(_ => "") : header, line.Sku, Number(sign * line.Quantity), Number(line.Price), Number(sign * line.Amount)]);
            }
        }
        var encoding = System.Text.Encoding.GetEncoding(Encoding);
        return [.. Mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text.ToString())];
    }

    public override string ToString() => $"{string.Join(' ', Settings.Take(7).Select(setting => $"{setting.Key}={setting.Value}"))} mark={Mark} once={OrderColumnsOnce} two={TwoColumns} time={Time} end={LineEnd.Length}";

    private string Number(decimal number)
    {
        var format = new NumberFormatInfo { NumberDecimalSeparator = $"{DecimalSign}", NumberGroupSeparator = $"{Thousands ?? ' '}" };
        return number.ToString(Thousands is null ? "0.00##" : "#,##0.00##", format);
    }

    private void Row(StringBuilder text, IEnumerable<string> fields) =>
        text.AppendJoin(Delimiter, fields.Select(field => field.AsSpan().IndexOfAny(Delimiter, '"') < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append(LineEnd);
}
