using Contracts.CustomerResolution;
using Contracts.OrderIngest;

namespace EmailMarketing.RememberingPurchases;

/// <summary>What is known of one contact: the last sale in a store. Personal data: never logged.</summary>
internal sealed record LastPurchase
{
    /// <summary>The contact's key: trimmed, in lower case, an internationalised domain in ASCII, so that one person is one contact however the address was typed.</summary>
    public required string Email { get; init; }

    /// <summary>The customer's name as of that purchase, where known.</summary>
    public string? Name { get; init; }

    /// <summary>The store of the purchase.</summary>
    public required string StoreId { get; init; }

    /// <summary>When the receipt was closed, UTC, in whole microseconds.</summary>
    public required DateTimeOffset PurchasedAt { get; init; }

    /// <summary>What was paid, in <see cref="Currency"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The order; decides between two purchases of the same instant.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The purchase an event tells of; null for a return, which is no purchase and takes none back.</summary>
    public static LastPurchase? Of(CustomerResolved resolved) => resolved.Order.Kind != OrderKind.Sale
        ? null
        : new()
        {
            Email = Key(resolved.Customer.Email),
            Name = resolved.Customer.Name is { } name ? WithoutNul(name) : null,
            StoreId = WithoutNul(resolved.Order.StoreId),
            PurchasedAt = InMicroseconds(resolved.Order.OccurredAt),
            Amount = resolved.Order.Totals.Gross,
            Currency = WithoutNul(resolved.Order.Currency),
            OrderId = resolved.OrderId,
        };

    /// <summary>The form in which an address is kept and looked up.</summary>
    public static string Key(string email) => CustomerKey.Normal(WithoutNul(email));

    /// <summary>Says which order, never whose.</summary>
    public override string ToString() => $"LastPurchase {{ order: {OrderId} }}";

    // PostgreSQL's text cannot hold it, and one such name would fail the whole batch it is written with.
    private static string WithoutNul(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    // PostgreSQL keeps microseconds. Cut here, so that both databases see the same instants as equal.
    private static DateTimeOffset InMicroseconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
