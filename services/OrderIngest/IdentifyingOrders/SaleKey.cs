using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Contracts.OrderIngest;

namespace OrderIngest.IdentifyingOrders;

/// <summary>
/// What makes two messages the same sale: source, store, business date, register and receipt number (POSLog's tuple); where the receipt is
/// not complete, the source and its own order number. The same sale has the same id everywhere and for ever.
/// </summary>
internal sealed class SaleKey
{
    /// <summary>Name space of the ids. Changing it would give every known sale a second id.</summary>
    private static readonly Guid NameSpace = new("9c6f1d52-52f0-4d7e-8f0e-3a1c2b7d4e60");

    /// <summary>Behind the key of a receipt's second order: the goods that came back while others were bought.</summary>
    private const string ReturnedInExchange = "return";

    private SaleKey(params string[] parts) => OrderId = Version5(Encode(parts));

    /// <summary>Name-based UUID (version 5, SHA-1) of the key.</summary>
    public Guid OrderId { get; }

    /// <summary>The order's key, or null when neither a full receipt nor an order number is there.</summary>
    public static SaleKey? Of(Order order) =>
        Receipt(order.Source, order.StoreId, order.BusinessDate, order.RegisterId, order.ReceiptNumber, order is { Kind: OrderKind.Return, ExchangeOrderId: not null } ? ReturnedInExchange : null)
        ?? (string.IsNullOrWhiteSpace(order.OrderNumber) ? null : order is { Kind: OrderKind.Return, ExchangeOrderId: not null }
            ? new("order", order.Source.Trim(), order.OrderNumber.Trim(), ReturnedInExchange) : new("order", order.Source.Trim(), order.OrderNumber.Trim()));

    /// <summary>The key of a receipt that another one refers to, or null when neither all of its parts nor an order number are there.</summary>
    public static SaleKey? OfReceipt(string source, ReceiptReference receipt) =>
        (receipt.BusinessDate is { } date ? Receipt(source, receipt.StoreId, date, receipt.RegisterId, receipt.ReceiptNumber, null) : null)
        ?? (string.IsNullOrWhiteSpace(receipt.OrderNumber) ? null : new("order", source.Trim(), receipt.OrderNumber.Trim()));

    private static SaleKey? Receipt(string source, string? store, DateOnly date, string? register, string? receipt, string? half) =>
        string.IsNullOrWhiteSpace(store) || string.IsNullOrWhiteSpace(register) || string.IsNullOrWhiteSpace(receipt)
            ? null
            : half is null
                ? new("receipt", source.Trim(), store.Trim(), date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), register.Trim(), receipt.Trim())
                : new("receipt", source.Trim(), store.Trim(), date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), register.Trim(), receipt.Trim(), half);

    /// <summary>Each part after its length, so that no two keys can run together into the same bytes.</summary>
    private static byte[] Encode(string[] parts)
    {
        using var bytes = new MemoryStream(128);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }
        return bytes.ToArray();
    }

    private static Guid Version5(byte[] name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1 for version 5; it names things here and keeps no secret.
        SHA1.HashData([.. NameSpace.ToByteArray(bigEndian: true), .. name], hash);
#pragma warning restore CA5350
        hash[6] = (byte)(hash[6] & 0x0F | 0x50);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new(hash[..16], bigEndian: true);
    }
}
