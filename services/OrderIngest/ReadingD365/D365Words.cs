using System.Collections.Frozen;
using OrderIngest.ReadingFlatFiles;

namespace OrderIngest.ReadingD365;

/// <summary>Enumerations of the retail transaction tables, exported as text or as numbers (RetailTransactionType, RetailEntryStatus).</summary>
internal static class D365Words
{
    private static readonly string[] TypesByNumber =
    [
        "Logoff", "Logon", "Sales", "Payment", "RemoveTender", "FloatEntry", "ChangeTender", "TenderDeclaration", "Voided", "OpenDrawer", "NegativeAdjustment", "PhysicalInventory", "EndOfDay",
        "EndOfShift", "SalesOrder", "SalesInvoice", "BankDrop", "SafeDrop", "IncomeExpense", "CustomerOrder", "StartingAmount", "SuspendShift", "BlindCloseShift", "CloseShift", "PrintX", "PrintZ",
        "ManagerAuthorize", "PendingSalesOrder", "KitDisassembly", "ResetPassword", "ChangePassword",
    ];

    // What the labels say where they differ from the names.
    private static readonly (string Label, string Name)[] Labels =
    [
        ("Log off", "Logoff"), ("Log on", "Logon"), ("Sale", "Sales"), ("Remove tender", "RemoveTender"), ("Float entry", "FloatEntry"), ("Change tender", "ChangeTender"),
        ("Tender declaration", "TenderDeclaration"), ("Open drawer", "OpenDrawer"), ("Negative adjustment", "NegativeAdjustment"), ("Physical inventory", "PhysicalInventory"), ("End of day", "EndOfDay"),
        ("End of shift", "EndOfShift"), ("Sales order", "SalesOrder"), ("Customer invoice", "SalesInvoice"), ("Bank drop", "BankDrop"), ("Safe drop", "SafeDrop"), ("Income expense", "IncomeExpense"),
        ("Customer order", "CustomerOrder"), ("Starting amount", "StartingAmount"), ("Suspend shift", "SuspendShift"), ("Blind close shift", "BlindCloseShift"), ("Close shift", "CloseShift"),
        ("Print X report", "PrintX"), ("Print Z report", "PrintZ"), ("Pending Sales Order", "PendingSalesOrder"), ("Manager authorization", "ManagerAuthorize"), ("Kit disassembly", "KitDisassembly"),
        ("Reset password", "ResetPassword"), ("Change password", "ChangePassword"),
    ];

    private static readonly string[] StatusesByNumber = ["None", "Voided", "Posted", "Concluded", "Cancelled", "OnHold", "Training"];

    /// <summary>Only what was sold or came back over the counter is an order; customer orders are the web shop's or head office's.</summary>
    public static FrozenDictionary<string, FlatKind> Types { get; } = Words()
        .ToFrozenDictionary(type => type.Word, type => type.Name == "Sales" ? FlatKind.Sale : FlatKind.Skip, StringComparer.OrdinalIgnoreCase);

    /// <summary>Why the other types are none.</summary>
    public static FrozenDictionary<string, string> TypeReasons { get; } = Words().ToFrozenDictionary(type => type.Word, type => $"transaction type {type.Name}", StringComparer.OrdinalIgnoreCase);

    /// <summary>Statuses of a transaction; null = it counts.</summary>
    public static FrozenDictionary<string, string?> Statuses { get; } = StatusesByNumber
        .SelectMany((name, number) => new[] { $"{number}", name }, (name, word) => (Word: word, Why: name is "None" or "Posted" or "Concluded" ? null : $"entry status {name}"))
        .Concat([("Normal", null), ("Canceled", "entry status Cancelled"), ("On hold", "entry status OnHold"), ("On Hold", "entry status OnHold")])
        .DistinctBy(status => status.Item1, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(status => status.Item1, status => status.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>Statuses of a line: is it voided? 0 and 1 mean no and yes in other columns as well.</summary>
    public static FrozenDictionary<string, bool> Flags { get; } = Statuses
        .ToFrozenDictionary(status => status.Key, status => status.Value is not null and not "entry status Training", StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<(string Word, string Name)> Words() => TypesByNumber.SelectMany((name, number) => new[] { ($"{number}", name), (name, name) })
        .Concat(Labels).DistinctBy(type => type.Item1, StringComparer.OrdinalIgnoreCase);
}
