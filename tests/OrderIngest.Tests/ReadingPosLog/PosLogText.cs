using System.Globalization;

namespace OrderIngest.Tests.ReadingPosLog;

/// <summary>Pieces of POSLog documents, made up.</summary>
internal static class PosLogText
{
    public const string Head =
        "<RetailStoreID>0412</RetailStoreID><WorkstationID>2</WorkstationID><SequenceNumber>123</SequenceNumber><BusinessDayDate>2026-11-19</BusinessDayDate>" +
        "<EndDateTime>2026-11-19T18:30:00</EndDateTime><CurrencyCode>SEK</CurrencyCode>";

    public static string Log(params string[] transactions) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<POSLog xmlns=\"http://www.nrf-arts.org/IXRetail/namespace/\">\n{string.Join('\n', transactions)}\n</POSLog>\n";

    public static string Transaction(string retail, string head = Head, string attributes = "", string ofRetail = "") =>
        $"<Transaction{attributes}>{head}<RetailTransaction{ofRetail}>{retail}</RetailTransaction></Transaction>";

    /// <summary>A log with one transaction.</summary>
    public static string One(string retail, string head = Head, string attributes = "", string ofRetail = "") => Log(Transaction(retail, head, attributes, ofRetail));

    public static string Line(int number, string goods, string attributes = "", string more = "") => $"<LineItem{attributes}><SequenceNumber>{number}</SequenceNumber>{goods}{more}</LineItem>";

    public static string Sale(string sku, decimal quantity, decimal price, decimal? amount = null, string more = "", string attributes = "") => Goods("Sale", sku, quantity, price, amount, more, attributes);

    public static string Return(string sku, decimal quantity, decimal price, decimal? amount = null, string more = "") => Goods("Return", sku, quantity, price, amount, more, "");

    public static string Total(decimal amount, string type = "TransactionGrandAmount") => $"<Total TotalType=\"{type}\">{Text(amount)}</Total>";

    public static string Tender(int number, decimal amount, string kind = "Sale") => Line(number, $"<Tender TenderType=\"Cash\" TypeCode=\"{kind}\"><Amount>{Text(amount)}</Amount></Tender>");

    private static string Goods(string element, string sku, decimal quantity, decimal price, decimal? amount, string more, string attributes) =>
        $"<{element}{attributes}><ItemID>{sku}</ItemID><ActualSalesUnitPrice>{Text(price)}</ActualSalesUnitPrice><ExtendedAmount>{Text(amount ?? quantity * price)}</ExtendedAmount><Quantity>{Text(quantity)}</Quantity>{more}</{element}>";

    private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}
