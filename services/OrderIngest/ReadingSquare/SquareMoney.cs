using System.Collections.Frozen;
using OrderIngest.ReadingOrders;

namespace OrderIngest.ReadingSquare;

/// <summary>Square's money: a whole number of the currency's smallest unit.</summary>
internal static class SquareMoney
{
    private static readonly FrozenSet<string> WithoutDecimals = "BIF CLP DJF GNF JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> WithThreeDecimals = "BHD IQD JOD KWD LYD OMR TND".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>In the currency; null when there is no amount.</summary>
    public static decimal? Of(JsonPart? money)
    {
        if (money?.Number("amount") is not { } amount)
            return null;
        var currency = money.Text("currency") ?? "";
        return WithoutDecimals.Contains(currency) ? amount : amount / (WithThreeDecimals.Contains(currency) ? 1000 : 100);
    }
}
