using System.Globalization;
using System.Text.Json;
using ServiceDefaults.ConnectingToTheBus;

namespace OrderJourney.ErasingPeople;

/// <summary>A row of <c>erasures</c> as it is stored.</summary>
internal sealed class ErasureRow
{
    public required string Id { get; init; }

    public required string State { get; init; }

    public string? Says { get; init; }

    public string? Reason { get; init; }

    public string? Email { get; init; }

    public required string Cards { get; init; }

    public required string CardKeys { get; init; }

    public required int Round { get; init; }

    public required int Attempts { get; init; }

    public required int Woken { get; init; }

    public required string RequestedAt { get; init; }

    public required string RoundAt { get; init; }

    public required string UpdatedAt { get; init; }

    public string? FinishedAt { get; init; }

    public string? NextAt { get; init; }

    public Erasure Read() => new()
    {
        Id = Guid.Parse(Id),
        State = State,
        Says = Says,
        Reason = Reason,
        Email = Email,
        Cards = ErasureText.Texts(Cards),
        CardKeys = ErasureText.Texts(CardKeys),
        Round = Round,
        Attempts = Attempts,
        Woken = Woken,
        RequestedAt = ErasureText.Time(RequestedAt),
        RoundAt = ErasureText.Time(RoundAt),
        UpdatedAt = ErasureText.Time(UpdatedAt),
        FinishedAt = ErasureText.MaybeTime(FinishedAt),
        NextAt = ErasureText.MaybeTime(NextAt),
    };
}

/// <summary>How the tables of erasures write instants, in an order that is theirs, and lists.</summary>
internal static class ErasureText
{
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static DateTimeOffset? MaybeTime(string? text) => text is null ? null : Time(text);

    public static string Json(IReadOnlyList<string> texts) => JsonSerializer.Serialize(texts, PlainJson.Options);

    public static List<string> Texts(string json) => JsonSerializer.Deserialize<List<string>>(json, PlainJson.Options)!;
}
