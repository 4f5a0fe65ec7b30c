namespace OdpStandIn;

/// <summary>Section <c>StandIn</c>: what exists in the account that this stand-in plays, and how much it keeps.</summary>
public sealed record OdpStandInOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "StandIn";

    /// <summary>The key that is accepted; empty accepts every key. A request without any key is always refused.</summary>
    public string? Key { get; init; }

    /// <summary>Custom identifiers that exist, besides <c>email</c>, <c>phone</c>, <c>vuid</c> and <c>zaius_id</c>.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];

    /// <summary>Custom fields of an order that exist.</summary>
    public IReadOnlyList<string> OrderFields { get; init; } = [];

    /// <summary>
    /// One of <see cref="OrderFields"/> that holds the sender's own id of an order: what events are told apart by. Without it an order's action and <c>order_id</c>
    /// are, and two returns of one order count as one event sent twice.
    /// </summary>
    public string? IdField { get; init; }

    /// <summary>
    /// True stores what is valid of an array in which something else is not, and refuses it all the same. The documentation does not say that the real service
    /// takes all or nothing.
    /// </summary>
    public bool StoresPartly { get; init; }

    /// <summary>How many of the newest events are kept whole.</summary>
    public int KeepEvents { get; init; } = 20_000;
}
