using System.Text.Json;
using System.Text.RegularExpressions;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Reads kept input with today's configuration, by the reader for the format it came in.</summary>
internal sealed partial class ReadingAgain(ConfiguredSources sources, OrderReaders readers, JsonOrderReader json)
{
    /// <summary>Everything in the bytes: usually one order, two for an exchange. Rows in faults are those of the file; nothing is kept.</summary>
    public async Task<IReadOnlyList<ReadInput>> Read(KeptInput kept, EditedBody? edited, CancellationToken cancellationToken)
    {
        var source = sources.Find(kept.Entry.Source);
        var format = edited?.Format ?? kept.Format ?? source?.Format;
        var bytes = edited?.Bytes ?? kept.Raw;
        if (format is null)
            return [Faulty(kept, "format", "is one that this version does not know: send it again in its file")];
        // JSON may name its source itself: then it is enough that somebody has configured it by now.
        if (source is null && !(format == InputFormat.Json && kept.Entry.Source.Length == 0))
            return [Faulty(kept, "source", "is not configured")];
        // The end of a file, or of a body, was told and is no order: nothing of it can be read again.
        if (edited is null && bytes.Length == kept.HeaderBytes && kept.Entry.Faults.Count > 0)
            return [new() { Source = kept.Entry.Source, Faults = kept.Entry.Faults, Raw = [] }];
        if (edited is null && format is InputFormat.Csv or InputFormat.D365 && bytes.Length >= CsvOrderReader.LongestRow && bytes[^1] != '\n')
            return [Faulty(kept, "row", "may have been cut off when it was kept, as it is very long: send it with an edited body, a line end behind it")];
        try
        {
            var read = format == InputFormat.Json && IsOneDocument(bytes) ? [json.Read(bytes, source)] : await ReadAll(bytes, source?.ForKept(format.Value, EdgeOf(kept, edited), EncodingOf(kept, edited)), cancellationToken);
            if (read.Count == 0)
                return [Faulty(kept, "body", "holds no order")];
            // Rows of two files do not follow each other: they are told as they stand in what was kept.
            var ofTwoFiles = kept.HeaderBytes == 0 && source?.As(format.Value).Flat?.IsTwoFiles == true;
            return edited is null && kept.RowsBefore != 0 && !ofTwoFiles ? [.. read.Select(input => input with { Faults = [.. input.Faults.Select(fault => InFile(fault, kept.RowsBefore))] })] : read;
        }
        catch (UnreadableHeaderException exception)
        {
            return [new() { Source = kept.Entry.Source, Faults = exception.Faults, Raw = [] }];
        }
    }

    private async Task<List<ReadInput>> ReadAll(byte[] bytes, Source? source, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        var read = new List<ReadInput>();
        var inputs = source is null
            ? json.ReadLines(new RecordReader(stream, Math.Max(1, bytes.Length), quotes: false), null, cancellationToken)
            : readers.For(source.Format).Read(stream, source, new(), cancellationToken);
        await foreach (var input in inputs)
            read.Add(input);
        return read;
    }

    /// <summary>What an editor sends back, somebody has looked at: that it is whole is theirs to know. An earlier version did not note the edge: it may have been any.</summary>
    private static FileEdge EdgeOf(KeptInput kept, EditedBody? edited) => edited is null ? kept.Edge ?? FileEdge.End : FileEdge.None;

    /// <summary>What was kept in UTF-8, whatever the source writes, begins with its mark; an editor may have taken that away.</summary>
    private static string? EncodingOf(KeptInput kept, EditedBody? edited) => edited?.Encoding ?? (kept.Raw.AsSpan().StartsWith("\uFEFF"u8) ? "utf-8" : null);

    /// <summary>False for orders one per line: the first line is a whole document, and another one follows.</summary>
    private static bool IsOneDocument(ReadOnlySpan<byte> bytes)
    {
        bytes = (bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes).Trim(" \t\r\n"u8);
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0)
            return true;
        var reader = new Utf8JsonReader(bytes[..end]);
        try
        {
            while (reader.Read()) { }
            return false;
        }
        catch (JsonException)
        {
            // A document that is written over several lines, or a damaged one.
            return true;
        }
    }

    private static ReadInput Faulty(KeptInput kept, string at, string says) => new() { Source = kept.Entry.Source, Faults = [new(at, says)], Raw = [] };

    private static Fault InFile(Fault fault, int rowsBefore) => new(Shifted(fault.At, rowsBefore), Shifted(fault.Says, rowsBefore));

    private static string Shifted(string text, int rowsBefore) =>
        Row().Replace(text, match => int.TryParse(match.Groups[2].ValueSpan, out var row) ? $"{match.Groups[1].Value} {row + rowsBefore}" : match.Value);

    [GeneratedRegex(@"\b(row|line) (\d+)")]
    private static partial Regex Row();
}
