using System.Text;

namespace SampleOrders;

/// <summary>Writes an export day by day and store by store, as an ERP does at night. Memory stays flat whatever the number of orders.</summary>
public static class SampleExport
{
    public const int DefaultOrders = 2000;
    public const ulong DefaultSeed = 20261120;

    /// <summary>Damaged orders come about this often.</summary>
    private const int RowsBetweenFaults = 300;

    /// <summary>How far back a repeated order may lie.</summary>
    private const int Repeatable = 60;

    /// <summary>Writes store-orders.csv, loyalty-members.csv and expected.json; the same arguments give the same bytes.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="orders">Good orders, each counted once.</param>
    /// <param name="seed">Everything follows from it.</param>
    /// <param name="linesPerSale">Null for baskets as they are: mostly small, some large, 4.5 lines on average.</param>
    public static SampleContents Write(string folder, int orders = DefaultOrders, ulong seed = DefaultSeed, int? linesPerSale = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        Directory.CreateDirectory(folder);
        var stores = Store.All();
        var members = new Members(orders, stores.Count, seed);
        var contents = new SampleContents { Orders = orders, Stores = stores.Count };
        using (var file = Open(folder, "store-orders.csv"))
            WriteOrders(file, new(members, contents, new(seed), stores.Count, linesPerSale), contents, new(seed + 1), Opening.Of(stores, orders));
        using (var file = Open(folder, "loyalty-members.csv"))
            WriteMembers(file, members, contents);
        File.WriteAllText(Path.Combine(folder, "expected.json"), $"{contents.ToJson()}\n");
        return contents;
    }

    private static void WriteOrders(TextWriter file, OrderMaker maker, SampleContents contents, Dice dice, IEnumerable<Opening> openings)
    {
        file.Write($"{ExportRows.Header}\n");
        var recent = new Queue<(string Text, int Rows)>();
        var untilFault = RowsBetweenFaults / 2;
        foreach (var opening in openings)
        {
            foreach (var at in opening.Times(dice))
            {
                var rows = maker.Next(opening.Store, opening.Day, at).Rows();
                var text = ExportRows.Text(rows);
                Write(text, rows.Count);
                untilFault -= rows.Count;
                // Written after a new order, so that a repeated order never stands next to itself and reads as one long order.
                if (recent.Count == Repeatable && dice.Chance(0.012))
                    Repeat(recent.Dequeue());
                if (untilFault <= 0)
                    untilFault = WriteFault(opening, at);
                recent.Enqueue((text, rows.Count));
                if (recent.Count > Repeatable)
                    recent.Dequeue();
            }
        }

        void Write(string text, int rows)
        {
            file.Write(text);
            contents.Rows += rows;
        }

        void Repeat((string Text, int Rows) order)
        {
            Write(order.Text, order.Rows);
            contents.DuplicateOrders++;
            contents.DuplicateRows += order.Rows;
        }

        int WriteFault(Opening opening, DateTimeOffset at)
        {
            var kind = (FaultKind)(contents.FaultyOrders % Enum.GetValues<FaultKind>().Length);
            var rows = Fault.Damage(maker.NextToDamage(opening.Store, opening.Day, at).Rows(), kind, dice);
            Write(ExportRows.Text(rows), rows.Count);
            contents.FaultyOrders++;
            contents.FaultyOrderRows += rows.Count;
            var name = $"{char.ToLowerInvariant($"{kind}"[0])}{$"{kind}"[1..]}";
            contents.FaultyOrdersByFault[name] = contents.FaultyOrdersByFault.GetValueOrDefault(name) + 1;
            return dice.Between(RowsBetweenFaults - 60, RowsBetweenFaults + 60);
        }
    }

    private static void WriteMembers(TextWriter file, Members members, SampleContents contents)
    {
        file.Write("card,customer_id,email,name,status\n");
        foreach (var member in members.Records())
        {
            file.Write(ExportRows.Text([[member.Card, member.CustomerId, member.Email, member.Name, member.Status]]));
            contents.Members++;
        }
    }

    private static StreamWriter Open(string folder, string name) =>
        new(Path.Combine(folder, name), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);
}
