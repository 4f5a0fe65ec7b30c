using System.Text.Json;
using OrderIngest.GuardingSources;
using OrderIngest.ReadingFlatFiles;
using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>
/// The rejected orders as a file in their own format, ready to be corrected and sent again: a flat file with its header row once, JSON one document per line, XML
/// below one root. The bytes are those that came, whatever their encoding. Where the source's files end with a row of their own, so does this one: it is whole. Holds
/// a few orders at a time.
/// </summary>
internal sealed class CorrectableFile(RejectedInputs inputs, ConfiguredSources sources)
{
    private const int AtATime = 500;
    private const long MostBytes = 8 * 1024 * 1024;

    /// <summary>How such a file is called and sent.</summary>
    public static (string Type, string Ending) KindOf(InputFormat? format) => format switch
    {
        InputFormat.PosLog => ("application/xml", "xml"),
        InputFormat.Json or InputFormat.Shopify or InputFormat.Square or InputFormat.Lightspeed => ("application/x-ndjson", "ndjson"),
        _ => ("text/csv", "csv"),
    };

    public async Task Write(HttpResponse response, RejectedFilter filter, RejectedLayout layout, CancellationToken cancellationToken)
    {
        var format = InputFormatText.Parse(layout.Format);
        var (type, ending) = KindOf(format);
        var page = await Page(null);
        response.ContentType = type;
        response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("attachment") { FileNameStar = $"rejected-{layout.Source}.{ending}" }.ToString();
        var first = true;
        ReadOnlyMemory<byte> trailer = default;
        while (page.Count > 0)
        {
            // Of the same layout, but for what was rejected while this is written.
            foreach (var kept in (await inputs.Load([.. page.Select(place => place.Id)], layout.Source, cancellationToken)).Where(kept => kept.Format == format && kept.Raw.Length > kept.HeaderBytes))
            {
                foreach (var piece in Pieces(kept, ending, first))
                    await response.Body.WriteAsync(piece, cancellationToken);
                if (first && format is { } known && ending == "csv" && sources.Find(layout.Source)?.As(known) is { } source)
                    trailer = await FlatTable.TrailerRow(source, kept.Raw.AsMemory(0, kept.HeaderBytes), cancellationToken);
                first = false;
            }
            page = await Page(page[^1]);
        }
        if (ending == "xml")
            await response.Body.WriteAsync(first ? "<POSLog/>\n"u8.ToArray() : "</POSLog>\n"u8.ToArray(), cancellationToken);
        await response.Body.WriteAsync(trailer, cancellationToken);

        Task<IReadOnlyList<RejectedPlace>> Page(RejectedPlace? after) => inputs.Next(filter, after, AtATime, MostBytes, cancellationToken);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(KeptInput kept, string ending, bool first)
    {
        if (first && kept.HeaderBytes > 0)
            yield return kept.Raw.AsMemory(0, kept.HeaderBytes);
        if (first && ending == "xml")
            yield return "<POSLog>\n"u8.ToArray();
        var body = kept.Raw.AsMemory(kept.HeaderBytes);
        yield return WithLineEnd(ending == "ndjson" ? OnOneLine(body) : body);
    }

    private static ReadOnlyMemory<byte> OnOneLine(ReadOnlyMemory<byte> json)
    {
        if (!json.Span.Trim("\r\n"u8).Contains((byte)'\n'))
            return json;
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 64 });
            return JsonSerializer.SerializeToUtf8Bytes(document.RootElement);
        }
        catch (JsonException)
        {
            // Damaged: it stays as it is, and whoever corrects it sees where.
            var bytes = json.ToArray();
            bytes.AsSpan().Replace((byte)'\n', (byte)' ');
            bytes.AsSpan().Replace((byte)'\r', (byte)' ');
            return bytes;
        }
    }

    private static ReadOnlyMemory<byte> WithLineEnd(ReadOnlyMemory<byte> bytes) => bytes.Span is [.., (byte)'\n'] ? bytes : (byte[])[.. bytes.Span, (byte)'\n'];
}
