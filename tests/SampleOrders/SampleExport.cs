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

    private static readonly DateOnly LastDay = new(2026, 11, 19);

    /// <summary>Writes store-orders.csv, loyalty-members.csv and expected.json; the same arguments give the same bytes.</summary>
    public static SampleContents Write(string folder, int orders = DefaultOrders, ulong seed = DefaultSeed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        Directory.CreateDirectory(folder);
        var stores = Store.All();
        var members = new Members(orders, stores.Count, seed);
        var contents = new SampleContents { Orders = orders, Stores = stores.Count };
        using (var file = Open(folder, "store-orders.csv"))
            WriteOrders(file, new(members, contents, new(seed), stores.Count), contents, new(seed + 1), Openings(stores, orders));
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

    /// <summary>Shares the orders out over the open days of all stores; larger exports reach further back, to 1 November at most.</summary>
    private static IEnumerable<Opening> Openings(IReadOnlyList<Store> stores, int orders)
    {
        var days = Math.Clamp(orders / 400, 1, LastDay.Day);
        var openings = new List<(DateOnly Day, Store Store)>();
        for (var day = LastDay.AddDays(1 - days); day <= LastDay; day = day.AddDays(1))
            openings.AddRange(stores.Where(store => store.IsOpenOn(day)).Select(store => (day, store)));
        long weight = 0, total = openings.Sum(opening => Weight(opening.Store));
        long given = 0;
        foreach (var (day, store) in openings)
        {
            weight += Weight(store);
            var upTo = orders * weight / total;
            yield return new(store, day, (int)(upTo - given), Math.Min(store.ClosesAt, day == LastDay ? 23 : 25));
            given = upTo;
        }
    }

    private static int Weight(Store store) => 3 + (store.Index * 5 % 7);

    private static StreamWriter Open(string folder, string name) =>
        new(Path.Combine(folder, name), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);

    private sealed record Opening(Store Store, DateOnly Day, int Orders, int ClosesAt)
    {
        /// <summary>When the receipts were closed, in order; the middle of the day is busiest, except where it goes late.</summary>
        public IEnumerable<DateTimeOffset> Times(Dice dice)
        {
            var open = (ClosesAt - Store.OpensAt) * 3600;
            var seconds = new int[Orders];
            for (var i = 0; i < Orders; i++)
                seconds[i] = (Store.OpensAt * 3600) + (Store.ClosesAt > 24 ? dice.Below(open) : (dice.Below(open) + dice.Below(open)) / 2);
            Array.Sort(seconds);
            var midnight = new DateTimeOffset(Day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(Store.Country.Offset));
            return seconds.Select(second => midnight.AddSeconds(second));
        }
    }
}
