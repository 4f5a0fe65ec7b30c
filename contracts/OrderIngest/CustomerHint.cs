namespace Contracts.OrderIngest;

/// <summary>What an order says about its customer, as sent. Personal data: never logged.</summary>
public sealed record CustomerHint
{
    /// <summary>Loyalty card number as scanned.</summary>
    public string? LoyaltyCard { get; init; }

    /// <summary>The retailer's customer number.</summary>
    public string? CustomerNumber { get; init; }

    /// <summary>E-mail address given at the till.</summary>
    public string? Email { get; init; }

    /// <summary>Telephone number given at the till.</summary>
    public string? Phone { get; init; }

    /// <summary>Says which parts are there, never what they are, so that a logged record gives nobody away.</summary>
    public override string ToString() =>
        $"CustomerHint {{ card: {LoyaltyCard is not null}, number: {CustomerNumber is not null}, email: {Email is not null}, phone: {Phone is not null} }}";
}
