using System.Collections.Frozen;
using System.Globalization;

namespace OrderIngest.ReadingPosLog;

/// <summary>How tills write flags, numbers and kinds of transactions.</summary>
internal static class PosLogWords
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent
        | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    private static readonly string[] GoodsSold = ["Sale", "SaleForDelivery", "SaleForPickup"], GoodsBack = ["Return", "ReturnForDelivery", "ReturnForPickup"];

    /// <summary>Kinds of transactions in which nothing is sold; letters and digits in lower case.</summary>
    private static readonly FrozenSet<string> NoSale = Words(
        """
        cancel canceled cancelled cancellation void voided giftreceipt payin payout paidin paidout loan pickup tillloan tillpickup sod eod startofday endofday startofshift endofshift
        signon signoff autosignoff autosignon logon logoff opendrawer drawer nosale zerosale zerosales training suspend suspended inventory tillcount count settle settlement balance control
        reprint transfer floatloan cashpickup banking open close opentill closetill
        """);

    private static readonly FrozenSet<string> NotFinished = Words("canceled cancelled cancel voided void postvoided suspended suspendeddeleted failed inprocess aborted deleted training");

    private static readonly FrozenSet<string> Returns = Words("return refund returned returntransaction refundtransaction returnsale salereturn");

    private static readonly FrozenSet<string> PostVoids = Words("void voided voidedtransaction postvoid postvoided postvoidtransaction postvoidedtransaction cancel cancelled canceled cancellation reversal");

    private static readonly FrozenSet<string> Deductions = Words("coupon couponitem discount itemcoupon transactioncoupon voucher promotion");

    public static bool IsTrue(string? flag) => flag is not null && (flag.Equals("true", StringComparison.OrdinalIgnoreCase) || flag is "1" || flag.Equals("yes", StringComparison.OrdinalIgnoreCase));

    public static bool SaysNoSale(string? kind) => kind is not null && NoSale.Contains(Plain(kind));

    public static bool SaysNotFinished(string? status) => status is not null && NotFinished.Contains(Plain(status));

    public static bool SaysReturn(string? kind) => kind is not null && Returns.Contains(Plain(kind));

    public static bool SaysPostVoid(string? reason) => reason is not null && PostVoids.Contains(Plain(reason));

    public static bool SaysDeduction(string? kind) => kind is not null && Deductions.Contains(Plain(kind));

    /// <summary>The element of a line that says which goods were sold or came back; null for tenders, discounts, taxes and everything else.</summary>
    public static XmlPart? GoodsIn(XmlPart item)
    {
        foreach (var child in item.Children)
        {
            if (child.Prefix == item.Prefix && (GoodsSold.Contains(child.Name) || GoodsBack.Contains(child.Name)))
                return child;
        }
        return null;
    }

    public static bool CameBack(XmlPart goods) => GoodsBack.Contains(goods.Name);

    /// <summary>A number as XML and tills write it: point as decimal sign, a sign before or behind, no thousands separators.</summary>
    public static bool TryNumber(string text, out decimal number) => decimal.TryParse(text, Number, CultureInfo.InvariantCulture, out number);

    /// <summary>Without a vendor's prefix.</summary>
    public static string Local(string name) => name[(name.LastIndexOf(':') + 1)..];

    private static string Plain(string text) => string.Concat(Local(text).Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static FrozenSet<string> Words(string words) => words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
