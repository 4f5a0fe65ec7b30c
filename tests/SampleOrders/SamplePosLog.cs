using System.Globalization;
using System.Text;
using System.Xml;

namespace SampleOrders;

/// <summary>
/// The same invented orders as POSLog 6 as a till server writes it, indented and with what nobody here reads (operators, tenders, merchandise groups): 3 to 6 KB
/// each. Valid orders only. Memory stays flat whatever their number.
/// </summary>
public static class SamplePosLog
{
    private const string NameSpace = "http://www.nrf-arts.org/IXRetail/namespace/";

    /// <summary>Writes the file; the same arguments give the same bytes.</summary>
    public static SampleContents Write(string path, int orders = SampleExport.DefaultOrders, ulong seed = SampleExport.DefaultSeed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        var stores = Store.All();
        var contents = new SampleContents { Orders = orders, Stores = stores.Count };
        var maker = new OrderMaker(new(orders, stores.Count, seed), contents, new(seed), stores.Count);
        var dice = new Dice(seed + 1);
        using var xml = XmlWriter.Create(path, new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" });
        xml.WriteStartElement("POSLog", NameSpace);
        xml.WriteAttributeString("MajorVersion", "6");
        xml.WriteAttributeString("MinorVersion", "0");
        foreach (var opening in Opening.Of(stores, orders))
        {
            foreach (var at in opening.Times(dice))
            {
                var order = maker.Next(opening.Store, opening.Day, at);
                contents.Rows += order.Lines.Count;
                Transaction(xml, order);
            }
        }
        xml.WriteEndElement();
        return contents;
    }

    private static void Transaction(XmlWriter xml, SampleOrder order)
    {
        // Mobile tills number their orders themselves.
        var (register, receipt) = order.Receipt.Length > 0 ? (order.Register, order.Receipt) : ("mobile", order.OrderNumber);
        var sold = order.Lines.Where(line => !line.Voided).ToList();
        var (gross, tax) = (sold.Sum(line => line.Total), sold.Sum(line => line.Tax));
        xml.WriteStartElement("Transaction");
        xml.WriteStartElement("BusinessUnit");
        xml.WriteElementString("UnitID", order.Store.Id);
        xml.WriteEndElement();
        xml.WriteElementString("WorkstationID", register);
        xml.WriteElementString("SequenceNumber", receipt);
        xml.WriteElementString("BusinessDayDate", order.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        xml.WriteElementString("BeginDateTime", Time(order.OccurredAt.AddMinutes(-3)));
        xml.WriteElementString("EndDateTime", Time(order.OccurredAt));
        xml.WriteElementString("OperatorID", "cashier");
        xml.WriteElementString("CurrencyCode", order.Store.Country.Currency);
        xml.WriteStartElement("RetailTransaction");
        xml.WriteAttributeString("TransactionStatus", "Finished");
        foreach (var line in order.Lines)
            Line(xml, line, order.IsReturn, order.OccurredAt);
        xml.WriteStartElement("LineItem");
        xml.WriteElementString("SequenceNumber", Number(order.Lines.Count + 1));
        xml.WriteStartElement("Tender");
        xml.WriteAttributeString("TenderType", "CreditDebit");
        xml.WriteAttributeString("TypeCode", order.IsReturn ? "Refund" : "Sale");
        xml.WriteElementString("Amount", Money(gross));
        xml.WriteEndElement();
        xml.WriteEndElement();
        Total(xml, "TransactionGrandAmount", gross);
        Total(xml, "TransactionNetAmount", gross - tax);
        Total(xml, "TransactionTaxAmount", tax);
        Customer(xml, order.Buyer);
        if (order.Original is { } original)
            Link(xml, original);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Line(XmlWriter xml, SampleLine line, bool isReturn, DateTimeOffset at)
    {
        xml.WriteStartElement("LineItem");
        xml.WriteAttributeString("EntryMethod", "Scanned");
        if (line.Voided)
            xml.WriteAttributeString("VoidFlag", "true");
        xml.WriteElementString("SequenceNumber", Number(line.Number));
        xml.WriteElementString("BeginDateTime", Time(at.AddMinutes(-2)));
        xml.WriteElementString("EndDateTime", Time(at.AddMinutes(-1)));
        xml.WriteStartElement(isReturn ? "Return" : "Sale");
        xml.WriteAttributeString("ItemType", "Stock");
        xml.WriteStartElement("POSIdentity");
        xml.WriteElementString("POSItemID", line.Product.Barcode);
        xml.WriteEndElement();
        xml.WriteElementString("ItemID", line.Product.Sku);
        xml.WriteElementString("MerchandiseHierarchy", "4711");
        xml.WriteElementString("Description", line.Product.Description);
        xml.WriteElementString("RegularSalesUnitPrice", Money(line.UnitPrice));
        xml.WriteElementString("ActualSalesUnitPrice", Money(line.UnitPrice));
        xml.WriteElementString("ExtendedAmount", Money(line.Total));
        xml.WriteElementString("DiscountAmount", Money(line.Discount));
        xml.WriteElementString("Quantity", line.Quantity.ToString(CultureInfo.InvariantCulture));
        xml.WriteStartElement("Tax");
        xml.WriteAttributeString("TaxType", "VAT");
        xml.WriteElementString("Amount", Money(line.Tax));
        xml.WriteElementString("Percent", line.Rate.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Customer(XmlWriter xml, SampleBuyer buyer)
    {
        if (buyer.Card.Length > 0)
        {
            xml.WriteStartElement("LoyaltyAccount");
            xml.WriteElementString("LoyaltyAccountID", buyer.Card);
            xml.WriteEndElement();
        }
        if (buyer.Number.Length == 0)
            return;
        xml.WriteStartElement("Customer");
        xml.WriteElementString("CustomerID", buyer.Number);
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, SampleReceipt original)
    {
        xml.WriteStartElement("TransactionLink");
        xml.WriteAttributeString("ReasonCode", "Return");
        xml.WriteStartElement("BusinessUnit");
        xml.WriteElementString("UnitID", original.Store);
        xml.WriteEndElement();
        xml.WriteElementString("WorkstationID", original.Register);
        xml.WriteElementString("BusinessDayDate", original.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        xml.WriteElementString("SequenceNumber", original.Receipt);
        xml.WriteEndElement();
    }

    private static void Total(XmlWriter xml, string type, decimal amount)
    {
        xml.WriteStartElement("Total");
        xml.WriteAttributeString("TotalType", type);
        xml.WriteString(Money(amount));
        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
