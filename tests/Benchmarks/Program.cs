using Benchmarks;

var orders = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 20_000;
for (var round = 0; round < (args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1); round++)
{
    var bare = await BarePipeline.Run(orders, orders);
    Console.WriteLine($"bare {bare.Rate:0}/s; µs per order: {bare.Processor.PerOrder(bare.Orders)}");
    await using var system = await WholeSystem.Start();
    var warm = await system.Pass(orders);
    Console.WriteLine($"warm {warm.Rate:0}/s; µs per order: {warm.Processor.PerOrder(warm.Orders)}");
    var whole = await system.Pass(orders);
    Console.WriteLine($"whole {whole.Rate:0}/s; µs per order: {whole.Processor.PerOrder(whole.Orders)}");
    var law = await system.Check();
    Console.WriteLine($"ratio {whole.Rate / bare.Rate:0.000}; lost {law.Lost.Count}, doubled {law.Doubled.Count}, unknown {law.CountedAsUnknown}");
}
