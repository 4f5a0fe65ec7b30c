using System.Text.Encodings.Web;
using System.Text.Json;

namespace SampleOrders;

/// <summary>What is inside a written export, and so what a run over it must come to: the numbers of <c>expected.json</c>.</summary>
public sealed record SampleContents
{
    /// <summary>Valid orders, each counted once.</summary>
    public required int Orders { get; init; }
    public int Sales { get; set; }
    public int Returns { get; set; }
    public int ReturnsWithOriginalReceipt { get; set; }

    /// <summary>Rows of the file below the header, faulty and repeated ones included.</summary>
    public int Rows { get; set; }
    public int VoidedLines { get; set; }
    public int WeighedLines { get; set; }
    public int FaultyOrders { get; set; }

    /// <summary>All rows of faulty orders: none of them may have an effect.</summary>
    public int FaultyOrderRows { get; set; }

    /// <summary>Complete orders that come a second time, unchanged.</summary>
    public int DuplicateOrders { get; set; }
    public int DuplicateRows { get; set; }

    /// <summary>No card and no e-mail address: nobody can be found.</summary>
    public int WithoutIdentifier { get; set; }

    /// <summary>Orders that carry an e-mail address: no look-up is needed.</summary>
    public int WithEmail { get; set; }

    /// <summary>Orders with a card that one active member holds, and no e-mail address.</summary>
    public int KnownCards { get; set; }
    public int UnknownCards { get; set; }
    public int BlockedCards { get; set; }
    public int AmbiguousCards { get; set; }

    /// <summary>Orders whose customer can be found: with e-mail, or by a known card.</summary>
    public int Identified { get; set; }

    /// <summary>Orders without register and receipt: the ERP's order number is their key.</summary>
    public int ByOrderNumber { get; set; }

    /// <summary>Orders after midnight, booked to the business day before.</summary>
    public int AfterMidnight { get; set; }
    public int Stores { get; set; }
    public int Members { get; set; }
    public SortedDictionary<string, int> OrdersByCurrency { get; init; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, int> FaultyOrdersByFault { get; init; } = new(StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
