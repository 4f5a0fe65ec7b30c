using System.ComponentModel.DataAnnotations;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.SendingToOdp;

/// <summary>Section <c>Odp</c>: Optimizely Data Platform's events API, and what is sent to it.</summary>
public sealed class OdpOptions : DestinationOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Odp";

    /// <summary>Not enabled; up to 500 events per request, as documented.</summary>
    public OdpOptions()
        : base(Section, enabled: false, OdpDestination.MostEvents) { }

    /// <summary>The public (tracker) key, which is enough to send; not the private one.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The private key, for the compliance API alone; without it, and <see cref="ErasureRequester"/>, people are erased by hand.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>Who asks for erasures, as an e-mail address of the retailer's own: ODP keeps it for audits.</summary>
    public string? ErasureRequester { get; init; }

    /// <summary>
    /// Name of the identifier that carries the loyalty card, for example <c>loyalty_card</c>; empty (default) = cards are not sent. It has to exist in ODP
    /// first, and should start with low confidence: a wrongly configured one merges people.
    /// </summary>
    public string? CardIdentifier { get; init; }

    /// <summary>
    /// What a store knows of an order beyond the standard fields, by the name of ODP's custom field, for example <c>store_id: StoreId</c>. A field has to
    /// exist in ODP first. Empty by default.
    /// </summary>
    public IReadOnlyDictionary<string, OdpOrderValue> OrderFields { get; init; } = new Dictionary<string, OdpOrderValue>();

    internal override string KeyAdvice => "check Odp:ApiKey (the public key of the account) and Odp:BaseAddress (each region has its own)";

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext).Concat(FaultsOfKey(ApiKey, nameof(ApiKey))))
            yield return fault;
        if (PrivateKey?.Any(c => c is < ' ' or > '~') == true)
            yield return new("holds characters that no header can carry", [nameof(PrivateKey)]);
        if (!string.IsNullOrEmpty(CardIdentifier) && !IsFieldName(CardIdentifier))
            yield return new("is no name of a field: lower-case letters, digits and underscores, a letter first", [nameof(CardIdentifier)]);
        if (OrderFields.Keys.FirstOrDefault(name => !IsFieldName(name)) is { } odd)
            yield return new($"'{odd}' is no name of a field: lower-case letters, digits and underscores, a letter first", [nameof(OrderFields)]);
        if (OrderFields.Keys.FirstOrDefault(OdpOrder.StandardFields.Contains) is { } taken)
            yield return new($"'{taken}' is a standard field of an order", [nameof(OrderFields)]);
    }

    private static bool IsFieldName(string name) => name.Length > 0 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}

/// <summary>What can be put into a custom field of an order.</summary>
public enum OdpOrderValue
{
    /// <summary>The store's number.</summary>
    StoreId = 0,

    /// <summary>The till.</summary>
    RegisterId = 1,

    /// <summary>The till's receipt number.</summary>
    ReceiptNumber = 2,

    /// <summary>The ERP's own number.</summary>
    OrderNumber = 3,

    /// <summary>The day the store books the order to, <c>yyyy-MM-dd</c>.</summary>
    BusinessDate = 4,

    /// <summary>The ERP or POS the order came from.</summary>
    Source = 5,

    /// <summary>ISO 4217 code of the amounts.</summary>
    Currency = 6,

    /// <summary>Always <c>store</c>.</summary>
    Channel = 7,

    /// <summary>This order's id in this system, for a return too.</summary>
    OrderId = 8,

    /// <summary>Id of the other half of an exchange.</summary>
    ExchangeOrderId = 9,

    /// <summary>How many lines are missing because the event was too large; absent when none is.</summary>
    LinesOmitted = 10,
}
