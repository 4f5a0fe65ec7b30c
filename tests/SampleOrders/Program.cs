using System.CommandLine;
using SampleOrders;

var folder = new Argument<DirectoryInfo>("folder") { Description = "Where store-orders.csv, loyalty-members.csv and expected.json are written" };
var orders = new Option<int>("--orders") { Description = "Valid, distinct orders", DefaultValueFactory = _ => SampleExport.DefaultOrders };
var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same bytes", DefaultValueFactory = _ => SampleExport.DefaultSeed };
var root = new RootCommand("Writes an invented but realistic export of in-store orders, and the loyalty members behind its cards.") { folder, orders, seed };
root.SetAction(parsed =>
{
    var contents = SampleExport.Write(parsed.GetRequiredValue(folder).FullName, parsed.GetValue(orders), parsed.GetValue(seed));
    Console.WriteLine(contents.ToJson());
});
return root.Parse(args).Invoke();
