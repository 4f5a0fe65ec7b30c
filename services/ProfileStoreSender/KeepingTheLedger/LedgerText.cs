using System.Diagnostics;
using System.Globalization;
using Contracts.CustomerResolution;

namespace ProfileStoreSender.KeepingTheLedger;

/// <summary>How the ledger writes states and reasons, and on SQLite times and ids.</summary>
internal static class LedgerText
{
    public static string Of(DeliveryState state) => state switch
    {
        DeliveryState.Sending => "sending",
        DeliveryState.Accepted => "accepted",
        DeliveryState.Refused => "refused",
        DeliveryState.Suppressed => "suppressed",
        DeliveryState.Unavailable => "unavailable",
        DeliveryState.Unknown => "unknown",
        _ => throw new UnreachableException($"state {state}"),
    };

    /// <summary>
    /// As it stands in a row. What may have arrived is a word of its own to whoever asks, and not in the table: versions that do not know the word read the row beside
    /// this one (docs/decisions/0027).
    /// </summary>
    public static string Kept(DeliveryState state) => Of(state == DeliveryState.Unknown ? DeliveryState.Unavailable : state);

    /// <summary>What a row's word says. A word that a later version wrote is its affair: nobody here can know whether the event has arrived.</summary>
    /// <param name="text">The word.</param>
    /// <param name="mayHaveArrived">What stands beside it.</param>
    public static DeliveryState State(string text, bool mayHaveArrived) =>
        FindState(text) is { } state && !(state == DeliveryState.Unavailable && mayHaveArrived) ? state : DeliveryState.Unknown;

    /// <summary>The state of that name, or null.</summary>
    public static DeliveryState? FindState(string text) => text switch
    {
        "sending" => DeliveryState.Sending,
        "accepted" => DeliveryState.Accepted,
        "refused" => DeliveryState.Refused,
        "suppressed" => DeliveryState.Suppressed,
        "unavailable" => DeliveryState.Unavailable,
        "unknown" => DeliveryState.Unknown,
        _ => null,
    };

    public static string Of(SuppressionReason reason) => reason switch
    {
        SuppressionReason.SwitchedOff => "switched_off",
        SuppressionReason.Blocked => "blocked",
        SuppressionReason.ConsentWithdrawn => "consent_withdrawn",
        SuppressionReason.Erased => "erased",
        SuppressionReason.OnSuppressionList => "on_suppression_list",
        _ => "unknown",
    };

    /// <summary>As a consent is kept under: a word that names no reason is about any.</summary>
    public static string Of(SuppressionReason? reason) => reason is { } named ? Of(named) : "any";

    /// <summary>A reason that a later version wrote is unknown to this one.</summary>
    public static SuppressionReason Reason(string text) => text switch
    {
        "switched_off" => SuppressionReason.SwitchedOff,
        "blocked" => SuppressionReason.Blocked,
        "consent_withdrawn" => SuppressionReason.ConsentWithdrawn,
        "erased" => SuppressionReason.Erased,
        "on_suppression_list" => SuppressionReason.OnSuppressionList,
        _ => SuppressionReason.Unknown,
    };

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);

    public static string Of(Guid id) => id.ToString("D");
}
