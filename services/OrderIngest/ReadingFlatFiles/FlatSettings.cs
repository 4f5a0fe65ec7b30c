using OrderIngest.GuardingSources;

namespace OrderIngest.ReadingFlatFiles;

/// <summary>Checks what a source says about its flat files, before the service starts.</summary>
internal static class FlatSettings
{
    /// <summary>What is wrong, by key below the source.</summary>
    public static IEnumerable<(string Key, string Says)> Faults(SourceOptions options) =>
        Columns(options).Concat(Signs(options)).Concat(Times(options)).Concat(Words(options)).Concat(Rows(options.Rows));

    private static IEnumerable<(string Key, string Says)> Columns(SourceOptions options)
    {
        var seen = new Dictionary<FlatField, string>();
        foreach (var (key, value) in options.Columns)
        {
            var at = $"{nameof(options.Columns)}:{key}";
            if (FlatFields.Find(key) is not { } field)
                yield return (at, $"is not the name of a field; near ones are {string.Join(", ", FlatFields.Near(key))}");
            else if (!seen.TryAdd(field, key))
                yield return (at, $"is the same field as {seen[field]}");
            if (ColumnSource.Parse(value) is not { } source)
                yield return (at, "is empty: name the file's column, #3 for the third one, or =text for the same text in every row");
            else if (source.Position < 0)
                yield return (at, "counts columns from #1");
            else if (options.Rows.HeaderRows == 0 && source is { Position: null, Constant: null })
                yield return (at, $"names a column, but {nameof(options.Rows)}:{nameof(RowsOptions.HeaderRows)} says that the file has no header row: give its position, such as #3");
        }
        if (options.Rows.HeaderRows == 0 && options.Columns.Count == 0)
            yield return ($"{nameof(options.Rows)}:{nameof(RowsOptions.HeaderRows)}", $"is 0, so {nameof(options.Columns)} must say where each field is, such as #3");
    }

    private static IEnumerable<(string Key, string Says)> Signs(SourceOptions options)
    {
        if (options.Delimiter is not null && !FlatLayout.Delimiters.ContainsKey(options.Delimiter))
            yield return (nameof(options.Delimiter), "is none of , ; | and tab");
        if (options.DecimalSign is not (null or "." or ","))
            yield return (nameof(options.DecimalSign), "is neither . nor ,");
        if (options.ThousandsSeparator is not (null or "." or "," or "'" or " "))
            yield return (nameof(options.ThousandsSeparator), "is none of . , ' and a blank");
        else if (options.ThousandsSeparator is not null && options.ThousandsSeparator == (options.DecimalSign ?? "."))
            yield return (nameof(options.ThousandsSeparator), $"is the same as {nameof(options.DecimalSign)}");
        if (options.AmountSign is { } sign && !Enum.IsDefined(sign))
            yield return (nameof(options.AmountSign), "is neither AsWritten nor Reversed");
    }

    private static IEnumerable<(string Key, string Says)> Times(SourceOptions options)
    {
        if (options.DateFormat is not null && !FlatTimes.IsDateFormat(options.DateFormat))
            yield return (nameof(options.DateFormat), "is no .NET format that a date can be read by, such as dd.MM.yyyy");
        if (options.TimeFormat is not null && !IsTimeFormat(options, options.TimeFormat, out var says))
            yield return (nameof(options.TimeFormat), says);
        if (options.DayEndsAt is { } end && (end < TimeSpan.Zero || end > TimeSpan.FromHours(12)))
            yield return (nameof(options.DayEndsAt), "is not between 00:00 and 12:00");
    }

    private static bool IsTimeFormat(SourceOptions options, string format, out string says)
    {
        var isApart = options.Format == ReadingOrders.InputFormat.D365 || options.Columns.Keys.Any(key => FlatFields.Find(key) == FlatField.OccurredTime);
        says = isApart
            ? "is no .NET format that a time of the day can be read by, such as HH:mm:ss or HHmm, and not seconds"
            : "is no .NET format that a date with its time can be read by, such as dd.MM.yyyy HH:mm; for a time in a column of its own configure Columns:occurredTime";
        return isApart ? FlatTimes.IsTimeFormat(format) : FlatTimes.IsBothFormat(format);
    }

    private static IEnumerable<(string Key, string Says)> Words(SourceOptions options)
    {
        foreach (var (word, kind) in options.Kinds)
        {
            if (FlatWords.KindOf(kind) is null)
                yield return ($"{nameof(options.Kinds)}:{word}", "is none of sale, return and skip");
        }
        foreach (var (word, flag) in options.Flags)
        {
            if (!bool.TryParse(flag, out _))
                yield return ($"{nameof(options.Flags)}:{word}", "is neither true nor false");
        }
    }

    private static IEnumerable<(string Key, string Says)> Rows(RowsOptions rows)
    {
        const string at = nameof(SourceOptions.Rows);
        if (rows.HeaderRows is < 0 or > 2)
            yield return ($"{at}:{nameof(rows.HeaderRows)}", "is none of 0, 1 and 2");
        if (rows.HeaderRows == 2 && rows.TypeColumn is null)
            yield return ($"{at}:{nameof(rows.HeaderRows)}", $"is 2, so {at}:{nameof(rows.TypeColumn)} must tell order rows from line rows");
        if (rows.TypeColumn is not null)
        {
            if (ColumnSource.Parse(rows.TypeColumn) is not { Constant: null } type || type.Position < 0 || rows.HeaderRows == 0 && type.Position is null)
                yield return ($"{at}:{nameof(rows.TypeColumn)}", "is neither the name of a column nor its position from #1; without a header row only the position will do");
            foreach (var (name, word) in new[] { (nameof(rows.Order), rows.Order), (nameof(rows.Line), rows.Line) })
            {
                if (string.IsNullOrWhiteSpace(word))
                    yield return ($"{at}:{name}", $"is missing: what does {nameof(rows.TypeColumn)} say in such a row?");
            }
            if (rows.Order is not null && rows.Order.Equals(rows.Line, StringComparison.OrdinalIgnoreCase))
                yield return ($"{at}:{nameof(rows.Line)}", $"is the same as {at}:{nameof(rows.Order)}");
            if (rows.LineOrderId is not null)
                yield return ($"{at}:{nameof(rows.LineOrderId)}", $"is for two files, {at}:{nameof(rows.TypeColumn)} for one that holds both: configure one of them");
        }
        else if ((rows.Order ?? rows.Line ?? rows.Ignored ?? rows.Trailer) is not null)
            yield return ($"{at}:{nameof(rows.TypeColumn)}", "is missing: which column tells the rows apart?");
        if (rows.OrderId is null != rows.LineOrderId is null)
            yield return ($"{at}:{(rows.OrderId is null ? nameof(rows.OrderId) : nameof(rows.LineOrderId))}", "is missing: orders and lines in two files need the columns of both");
        else if (rows.OrderId?.Count('+') != rows.LineOrderId?.Count('+'))
            yield return ($"{at}:{nameof(rows.LineOrderId)}", $"has not as many columns as {at}:{nameof(rows.OrderId)}");
        if (rows.LineOrderId is not null && rows.HeaderRows != 1)
            yield return ($"{at}:{nameof(rows.HeaderRows)}", "is not 1: two files are told apart by their header rows");
    }
}
