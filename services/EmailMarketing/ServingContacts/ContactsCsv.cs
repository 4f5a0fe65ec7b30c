using System.Globalization;
using System.Text;
using EmailMarketing.RememberingPurchases;

namespace EmailMarketing.ServingContacts;

/// <summary>
/// All contacts as CSV (RFC 4180), page by page: memory stays flat, and a slow reader holds no connection to the database. What a
/// spreadsheet would take for a formula is made text.
/// </summary>
internal sealed class ContactsCsv(Contacts contacts, int pageSize = 2000)
{
    private const string Header = "email,name,store_id,purchased_at,amount,currency,order_id\r\n";

    /// <summary>Writes the file and tells how many contacts are in it.</summary>
    public async Task<long> Write(HttpResponse response, CancellationToken cancellationToken)
    {
        // The first page before the first byte, so that a database that is away is answered with 503 and not with half a file.
        var page = await contacts.After("", pageSize, cancellationToken);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"contacts.csv\"";
        await response.WriteAsync(Header, cancellationToken);
        long count = 0;
        while (page.Count > 0)
        {
            await response.WriteAsync(Rows(page), cancellationToken);
            count += page.Count;
            page = page.Count < pageSize ? [] : await contacts.After(page[^1].Email, pageSize, cancellationToken);
        }
        return count;
    }

    internal static string Rows(IEnumerable<LastPurchase> page)
    {
        var rows = new StringBuilder();
        foreach (var contact in page)
        {
            rows.AppendJoin(',',
                Cell(contact.Email), Cell(contact.Name), Cell(contact.StoreId),
                contact.PurchasedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
                contact.Amount.ToString(CultureInfo.InvariantCulture), Cell(contact.Currency), contact.OrderId.ToString("D"));
            rows.Append("\r\n");
        }
        return rows.ToString();
    }

    /// <summary>A name such as <c>=HYPERLINK(..)</c> comes from outside and must not run when somebody opens the file.</summary>
    internal static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        // Spreadsheets skip leading blanks before they look for the sign.
        var start = value.AsSpan().TrimStart();
        var text = value[0] is '\t' or '\r' or '\n' || (start.Length > 0 && start[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠') ? $"'{value}" : value;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
