using System.Collections.Frozen;
using System.Globalization;

namespace OrderIngest.ReadingPosLog;

/// <summary>How tills write flags, numbers and kinds of transactions.</summary>
internal static class PosLogWords
{
    /// <summary>Beginning of elements such as SaleOfGiftCard.</summary>
    public const string SaleOf = "SaleOf";

    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent
        | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    private static readonly string[] GoodsSold = ["Sale", "SaleForDelivery", "SaleForPickup"], GoodsBack = ["Return", "ReturnForDelivery", "ReturnForPickup"];

    /// <summary>Kinds of transactions in which nothing is sold; letters and digits in lower case.</summary>
    private static readonly FrozenSet<string> NoSale = Words(
        """
        cancel canceled cancelled cancellation void voided giftreceipt payin payout paidin paidout loan pickup tillloan tillpickup sod eod startofday endofday startofshift endofshift
        signon signoff autosignoff autosignon logon logoff opendrawer drawer nosale zerosale zerosales training suspend suspended inventory tillcount count settle settlement balance control
        reprint transfer floatloan cashpickup banking open close opentill closetill quote quotation estimate proforma tenderexchange xread zread
        """);

    private static readonly FrozenSet<string> NotFinished = Words("canceled cancelled cancel voided void postvoided suspended suspendeddeleted suspendedretrieved failed inprocess aborted deleted training");

    private static readonly FrozenSet<string> Returns = Words("return refund returned returnsale salereturn");

    private static readonly FrozenSet<string> PostVoids = Words("void voided postvoid postvoided cancel cancelled canceled cancellation reversal");

    private static readonly FrozenSet<string> Deductions = Words("coupon couponitem discount itemcoupon transactioncoupon voucher promotion");

    public static bool IsTrue(string? flag) => flag is not null && (flag.Equals("true", StringComparison.OrdinalIgnoreCase) || flag is "1" || flag.Equals("yes", StringComparison.OrdinalIgnoreCase));

    public static bool SaysNoSale(string? kind) => kind is not null && NoSale.Contains(Kind(kind));

    public static bool SaysNotFinished(string? status) => status is not null && NotFinished.Contains(Kind(status));

    public static bool SaysReturn(string? kind) => kind is not null && Returns.Contains(Kind(kind));

    public static bool SaysPostVoid(string? reason) => reason is not null && PostVoids.Contains(Kind(reason));

    public static bool SaysDeduction(string? kind) => kind is not null && Deductions.Contains(Plain(kind));

    /// <summary>The element of a line that says which goods were sold or came back; null for tenders, discounts, taxes and everything else.</summary>
    public static XmlPart? GoodsIn(XmlPart item)
    {
        foreach (var child in item.Children)
        {
            if (child.Prefix == item.Prefix && (GoodsSold.Contains(child.Name) || GoodsBack.Contains(child.Name) || IsSaleOf(child)) && !IsOnlyDelivery(child))
                return child;
        }
        return null;
    }

    /// <summary>How goods get to the customer, when they are on lines of their own.</summary>
    private static bool IsOnlyDelivery(XmlPart goods) =>
        goods.Child("Item") is not null && goods.TextOf("ExtendedAmount", "Quantity") is null && goods.All("Item").All(item => item.Child("ItemLink") is not null);

    /// <summary>The store that a transaction, or a link to one, names.</summary>
    public static string? StoreOf(XmlPart part)
    {
        if (part.TextOf("RetailStoreID") is { } own)
            return own;
        // A store is in a country and in a region, and some write those as units, too.
        string? first = null;
        foreach (var unit in part.All("BusinessUnit"))
        {
            if (unit.TextOf("UnitID", "BusinessUnitNumber") is not { } id)
                continue;
            if (unit.Child("UnitID")?.Attribute("TypeCode") is "RetailStore" or "Store")
                return id;
            first ??= id;
        }
        return first ?? part.TextOf("StoreID", "BusinessUnitID", "UnitID");
    }

    /// <summary>A gift card or the like that is sold under a name of its own.</summary>
    public static bool IsSaleOf(XmlPart goods) => goods.Name.Length > SaleOf.Length && goods.Name.StartsWith(SaleOf, StringComparison.Ordinal);

    public static bool CameBack(XmlPart goods) => GoodsBack.Contains(goods.Name);

    /// <summary>A number as XML and tills write it: point as decimal sign, a sign before or behind, no thousands separators.</summary>
    public static bool TryNumber(string text, out decimal number) => decimal.TryParse(text, Number, CultureInfo.InvariantCulture, out number);

    /// <summary>An amount that only helps to understand others: what is no usable number is none.</summary>
    public static decimal? AmountOf(XmlPart part, string name) => part.TextOf(name) is { } text && TryNumber(text, out var amount) && Math.Abs(amount) < 1_000_000_000_000m ? amount : null;

    /// <summary>Without a vendor's prefix.</summary>
    public static string Local(string name) => name[(name.LastIndexOf(':') + 1)..];

    /// <summary>Whoever says Void also says VoidTransaction or TransactionVoid.</summary>
    private static string Kind(string text)
    {
        const string Word = "transaction";
        var plain = Plain(text);
        if (plain.Length > Word.Length && plain.EndsWith(Word, StringComparison.Ordinal))
            plain = plain[..^Word.Length];
        return plain.Length > Word.Length && plain.StartsWith(Word, StringComparison.Ordinal) ? plain[Word.Length..] : plain;
    }

    private static string Plain(string text) => string.Concat(Local(text).Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static FrozenSet<string> Words(string words) => words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
