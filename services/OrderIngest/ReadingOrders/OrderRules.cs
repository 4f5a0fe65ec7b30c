using Contracts.OrderIngest;
using Microsoft.Extensions.Options;
using OrderIngest.GuardingSources;
using OrderIngest.IdentifyingOrders;

namespace OrderIngest.ReadingOrders;

/// <summary>
/// Turns what came in into an order, or notes every fault it has. Voided lines are left out unread: tills write anything into them. Amounts
/// are not compared with each other; what the till says stands.
/// </summary>
internal sealed class OrderRules(IOptions<OrderIngestOptions> options, EventSize size, TimeProvider time)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    /// <summary>Most lines of an order.</summary>
    public int MaxLines => options.Value.MaxLines;

    /// <summary>The order, or null when there are faults.</summary>
    public Order? Check(SubmittedFields submitted, Source source, List<Fault> faults)
    {
        var order = submitted.Order;
        var storeId = order.RequiredText("storeId", Lengths.Key);
        var orderNumber = order.Text("orderNumber", Lengths.Key);
        var registerId = orderNumber is null ? order.RequiredText("registerId", Lengths.Key) : order.Text("registerId", Lengths.Key);
        var receiptNumber = orderNumber is null ? order.RequiredText("receiptNumber", Lengths.Key) : order.Text("receiptNumber", Lengths.Key);
        var businessDate = BusinessDate(order);
        var kind = Kind(order);
        var occurredAt = OccurredAt(order, source.ZoneOf(storeId));
        var currency = Currency(order, source);
        var pricesIncludeTax = order.Flag("pricesIncludeTax") ?? true;
        var customer = Customer(submitted.Customer, source);
        var amounts = OrderAmounts.Read(submitted, kind == OrderKind.Return);
        if (submitted.Totals is null)
            order.Fault("totals", "is required");
        if (submitted.Lines.Count > 0 && amounts.Lines.Count == 0)
            order.Fault("lines", "must have at least one line that is not voided");
        var original = Original(submitted.OriginalReceipt, source);
        var isExchange = order.Flag("exchange") ?? false;
        var goodsKept = order.Flag("goodsKept") ?? false;
        if (goodsKept && kind == OrderKind.Sale)
            order.Fault("goodsKept", "is for returns");
        if (faults.Count > 0)
            return null;

        var read = new Order
        {
            Source = source.Name,
            StoreId = storeId,
            RegisterId = registerId,
            ReceiptNumber = receiptNumber,
            OrderNumber = orderNumber,
            BusinessDate = businessDate,
            Kind = kind,
            OccurredAt = occurredAt,
            Currency = currency,
            PricesIncludeTax = pricesIncludeTax,
            Customer = customer,
            Lines = amounts.Lines,
            Totals = amounts.Totals!,
            GoodsKept = goodsKept ? true : null,
            OriginalReceipt = original,
        };
        if (size.Check(read) is not { } tooLarge)
            return isExchange ? Exchange.Half(read) : read;
        faults.Add(tooLarge);
        return null;
    }

    private static OrderKind Kind(Fields order)
    {
        var text = order.RequiredText("kind", Lengths.Value);
        if (text.Equals("sale", StringComparison.OrdinalIgnoreCase))
            return OrderKind.Sale;
        if (text.Equals("return", StringComparison.OrdinalIgnoreCase))
            return OrderKind.Return;
        if (text.Length > 0)
            order.Fault("kind", "must be sale or return");
        return OrderKind.Unknown;
    }

    private static string Currency(Fields order, Source source)
    {
        var code = order.RequiredText("currency", Lengths.Value).ToUpperInvariant();
        // What is configured was checked at start; a trial has a code of its own for none.
        if (code.Length > 0 && !Currencies.Has(code) && code != source.Currency)
            order.Fault("currency", "is not a currency code of ISO 4217");
        return code;
    }

    private static CustomerHint Customer(Fields? customer, Source source) => customer is null ? new() : new()
    {
        LoyaltyCard = source.Somebody(customer.Text("loyaltyCard", Lengths.Hint)),
        CustomerNumber = source.Somebody(customer.Text("customerNumber", Lengths.Hint)),
        Email = customer.Text("email", Lengths.Hint),
        Phone = customer.Text("phone", Lengths.Hint),
    };

    private static ReceiptReference? Original(Fields? receipt, Source source)
    {
        if (receipt is null)
            return null;
        var reference = new ReceiptReference
        {
            StoreId = receipt.Text("storeId", Lengths.Key),
            RegisterId = receipt.Text("registerId", Lengths.Key),
            ReceiptNumber = receipt.Text("receiptNumber", Lengths.Key),
            OrderNumber = receipt.Text("orderNumber", Lengths.Key),
            BusinessDate = receipt.Date("businessDate"),
        };
        if (reference == new ReceiptReference())
            return null;
        return reference with { OrderId = SaleKey.OfReceipt(source.Name, reference)?.OrderId };
    }

    private DateOnly BusinessDate(Fields order)
    {
        var date = order.RequiredDate("businessDate");
        // Two days: one for the tills whose day is ahead of UTC's, one for the tolerance that the time has as well.
        if (date > DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(2))
            order.Fault("businessDate", "is in the future");
        return date ?? default;
    }

    private DateTimeOffset OccurredAt(Fields order, TimeZoneInfo? zone)
    {
        var text = order.RequiredText("occurredAt", Lengths.Value);
        if (text.Length is 0 or > Lengths.Value)
            return default;
        var (instant, fault) = LocalTimes.Read(text, zone);
        if (fault is not null)
            order.Fault("occurredAt", fault);
        else if (instant > time.GetUtcNow() + ClockTolerance)
            order.Fault("occurredAt", "is more than a day in the future");
        else if (instant!.Value.Year < 2000)
            order.Fault("occurredAt", "is before the year 2000");
        return instant ?? default;
    }
}
