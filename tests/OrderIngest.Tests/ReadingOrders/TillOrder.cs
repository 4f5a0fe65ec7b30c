using System.Globalization;
using System.Security;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrderIngest.ReadingOrders;

namespace OrderIngest.Tests.ReadingOrders;

/// <summary>A made-up order, and how each till would write it.</summary>
internal sealed record TillOrder(int Id, bool IsReturn, IReadOnlyList<(string Sku, int Quantity, int Cents)> Lines)
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One to six orders with different ids.</summary>
    public static Gen<IReadOnlyList<TillOrder>> Several =>
        from first in Gen.Choose(1, 1_000_000)
        from count in Gen.Choose(1, 6)
        from orders in Any.ListOf(count)
        select (IReadOnlyList<TillOrder>)[.. orders.Select((order, i) => order with { Id = first + i })];

    private static Gen<TillOrder> Any =>
        from isReturn in Gen.Elements(false, false, true)
        from count in Gen.Choose(1, 4)
        from lines in (from sku in Gen.Elements("A", "17", "é9", "a b", "x\"y", "漢字", "O'Neil & <Co>", "]]>", "}{\\") from quantity in Gen.Choose(1, 20) from cents in Gen.Choose(1, 10_000) select (sku, quantity, cents)).ListOf(count)
        select new TillOrder(1, isReturn, [.. lines]);

    /// <summary>What a reader must make of it, and under which number.</summary>
    public string Expected(InputFormat format) => string.Create(CultureInfo.InvariantCulture,
        $"{(format == InputFormat.Shopify && IsReturn ? "refund " : "")}{Id} {(IsReturn ? "return" : "sale")} {Lines.Sum(line => line.Quantity * line.Cents) / 100m:0.##} SEK: {string.Join(", ", Lines.Select(line => $"{line.Sku} {line.Quantity} x {line.Cents / 100m:0.##} = {line.Quantity * line.Cents / 100m:0.##}"))}");

    /// <summary>The same of what was read.</summary>
    public static string Read(ReadInput input) => $"{input.Order!.ReceiptNumber ?? input.Order.OrderNumber} {TillFile.In(input)}";

    /// <summary>A file, and where each order begins and ends in it.</summary>
    public static (string File, IReadOnlyList<(int Begin, int End)> Places) File(InputFormat format, IReadOnlyList<TillOrder> orders)
    {
        var (file, places) = (format == InputFormat.PosLog ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<POSLog xmlns=\"http://www.nrf-arts.org/IXRetail/namespace/\">\n" : "", new List<(int, int)>());
        foreach (var order in orders)
        {
            var begin = file.Length;
            file += order.In(format);
            places.Add((begin, file.Length));
            file += "\n";
        }
        return (format == InputFormat.PosLog ? file + "</POSLog>\n" : file, places);
    }

    public string In(InputFormat format) => format switch
    {
        InputFormat.PosLog => PosLog(),
        InputFormat.Shopify => JsonSerializer.Serialize(IsReturn ? ShopifyRefund() : Shopify(), Written),
        InputFormat.Square => JsonSerializer.Serialize(Square(), Written),
        _ => JsonSerializer.Serialize(Lightspeed(), Written),
    };

    private decimal Gross => Lines.Sum(line => line.Quantity * line.Cents) / 100m;

    private string PosLog() => string.Create(CultureInfo.InvariantCulture,
        $"<Transaction><RetailStoreID>0412</RetailStoreID><WorkstationID>2</WorkstationID><SequenceNumber>{Id}</SequenceNumber><BusinessDayDate>2026-11-19</BusinessDayDate><EndDateTime>2026-11-19T18:30:00</EndDateTime><RetailTransaction>{string.Concat(Lines.Select((line, i) => PosLogLine(i + 1, line)))}<Total TotalType=\"TransactionGrandAmount\">{Gross}</Total></RetailTransaction></Transaction>");

    private string PosLogLine(int number, (string Sku, int Quantity, int Cents) line) => string.Create(CultureInfo.InvariantCulture,
        $"<LineItem><SequenceNumber>{number}</SequenceNumber><{Element}><ItemID>{SecurityElement.Escape(line.Sku)}</ItemID><ActualSalesUnitPrice>{line.Cents / 100m}</ActualSalesUnitPrice><ExtendedAmount>{line.Quantity * line.Cents / 100m}</ExtendedAmount><Quantity>{line.Quantity}</Quantity></{Element}></LineItem>");

    private string Element => IsReturn ? "Return" : "Sale";

    private object Shopify() => new { id = Id, total_price = $"{Gross}", currency = "SEK", financial_status = "paid", location_id = 5, processed_at = "2026-11-19T18:30:00+01:00", line_items = Lines.Select(line => new { sku = line.Sku, quantity = line.Quantity, price = $"{line.Cents / 100m}" }) };

    private object ShopifyRefund() => new
    {
        id = Id,
        order_id = 7,
        processed_at = "2026-11-19T18:30:00+01:00",
        refund_line_items = Lines.Select(line => new { quantity = line.Quantity, subtotal = line.Quantity * line.Cents / 100m, line_item = new { sku = line.Sku, quantity = 99, price = $"{line.Cents / 100m}" } }),
        transactions = new[] { new { kind = "refund", status = "success", amount = $"{Gross}", currency = "SEK", location_id = 5 } },
    };

    private object Square()
    {
        var lines = Lines.Select(line => new { catalog_object_id = line.Sku, quantity = $"{line.Quantity}", gross_sales_money = Money(line.Quantity * line.Cents), total_money = Money(line.Quantity * line.Cents) });
        return IsReturn
            ? new { id = $"{Id}", state = "COMPLETED", location_id = "L", closed_at = "2026-11-19T18:30:00Z", total_money = Money(0), return_amounts = new { total_money = Money((int)(Gross * 100)) }, returns = new[] { new { source_order_id = "7", return_line_items = lines } } }
            : new { id = $"{Id}", state = "COMPLETED", location_id = "L", closed_at = "2026-11-19T18:30:00Z", total_money = Money((int)(Gross * 100)), line_items = lines };
    }

    private object Lightspeed()
    {
        var sign = IsReturn ? -1 : 1;
        return new
        {
            id = $"{Id}",
            status = "CLOSED",
            outlet_id = "o",
            sale_date = "2026-11-19T18:30:00Z",
            totals = new { total_price = $"{sign * Gross}", total_tax = "0.00" },
            register_sale_products = Lines.Select(line => new { product_id = line.Sku, quantity = sign * line.Quantity, price = $"{line.Cents / 100m}", price_total = $"{sign * line.Quantity * line.Cents / 100m}" }),
        };
    }

    private static object Money(int cents) => new { amount = cents, currency = "SEK" };
}
