using System.Globalization;
using System.Text;
using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>
/// The faults as a CSV file for whoever makes the files: one row per fault, with the row and the column to look at. Nothing of an order's content is in it, so it
/// may be sent by e-mail. Written page by page: memory stays flat.
/// </summary>
internal sealed class FaultList(RejectedInputs inputs)
{
    private const string Header = "id,source,file,row,field,what_is_wrong,reason,order_id,begins_at_row,rows,begins_at_byte,first_received_at,last_received_at,times\r\n";
    private const int PageSize = 1000;

    public async Task Write(HttpResponse response, RejectedFilter filter, CancellationToken cancellationToken)
    {
        // The first page before the first byte, so that a database that is away is answered with 503 and not with half a file.
        var page = await inputs.List(filter, null, PageSize, oldestFirst: true, cancellationToken);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"rejected-faults.csv\"";
        await response.WriteAsync(Header, cancellationToken);
        while (page.Count > 0)
        {
            await response.WriteAsync(Rows(page), cancellationToken);
            page = page.Count < PageSize ? [] : await inputs.List(filter, page[^1].Place(), PageSize, oldestFirst: true, cancellationToken);
        }
    }

    internal static string Rows(IEnumerable<RejectedEntry> page)
    {
        var rows = new StringBuilder();
        foreach (var entry in page)
        {
            IReadOnlyList<Fault> faults = entry.Faults.Count > 0 ? entry.Faults : [new("order", FaultKind.Changed)];
            foreach (var fault in faults)
            {
                var place = FaultPlace.Of(fault);
                rows.Append(CultureInfo.InvariantCulture, $"{entry.Id},{SpreadsheetText.Cell(entry.Source)},{SpreadsheetText.Cell(entry.File)},{place.Row ?? entry.FirstRow},");
                rows.Append(CultureInfo.InvariantCulture, $"{SpreadsheetText.Cell(place.Field)},{SpreadsheetText.Cell(fault.Says)},{entry.Reason},{entry.OrderId},");
                rows.Append(CultureInfo.InvariantCulture, $"{entry.FirstRow},{entry.Rows},{entry.Position},{Time(entry.FirstReceivedAt)},{Time(entry.LastReceivedAt)},{entry.Times}\r\n");
            }
        }
        return rows.ToString();
    }

    private static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
