using System.Xml.Linq;

namespace SampleOrders.Tests;

public sealed class When_the_orders_are_written_as_POSLog : IDisposable
{
    private const int Orders = 300;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sample-poslog");

    private string File => Path.Combine(_folder.FullName, "store-orders.xml");

    [Fact]
    public void Every_order_is_a_transaction_of_its_own()
    {
        var contents = SamplePosLog.Write(File, Orders);

        var transactions = XDocument.Load(File).Root!.Elements().ToList();
        Assert.Equal(Orders, transactions.Count);
        Assert.Equal(Orders, transactions.Select(transaction => string.Join('/', ((string[])["BusinessUnit", "WorkstationID", "BusinessDayDate", "SequenceNumber"]).Select(name => Child(transaction, name).Value))).Distinct().Count());
        Assert.Equal(contents.Rows, transactions.Sum(transaction => Child(transaction, "RetailTransaction").Elements().Count(line => line.Elements().Any(part => part.Name.LocalName is "Sale" or "Return"))));
        Assert.Equal(contents.VoidedLines, transactions.Descendants().Count(line => line.Attribute("VoidFlag")?.Value == "true"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        SamplePosLog.Write(File, Orders);
        var first = System.IO.File.ReadAllBytes(File);
        SamplePosLog.Write(File, Orders);
        Assert.Equal(first, System.IO.File.ReadAllBytes(File));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static XElement Child(XElement parent, string name) => parent.Elements().Single(child => child.Name.LocalName == name);
}
