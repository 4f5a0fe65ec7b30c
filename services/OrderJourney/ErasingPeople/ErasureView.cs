namespace OrderJourney.ErasingPeople;

/// <summary>An erasure as shown: whose it is stands in nowhere. Times are UTC.</summary>
/// <param name="ErasureId">Its id.</param>
/// <param name="State"><c>running</c>, <c>needsAttention</c> or <c>done</c>.</param>
/// <param name="Says">What is awaited, or what a person should do; null when there is nothing to say.</param>
/// <param name="Reason">As it was given.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="UpdatedAt">When something happened last.</param>
/// <param name="FinishedAt">When nothing was left.</param>
/// <param name="Round">How often the parties were told, each time of more.</param>
/// <param name="Orders">How many orders were the person's.</param>
/// <param name="Parties">Each service and destination.</param>
internal sealed record ErasureView(
    Guid ErasureId, string State, string? Says, string? Reason, DateTimeOffset RequestedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt, int Round, long Orders,
    IReadOnlyList<ErasurePartyView> Parties)
{
    public static ErasureView Of(Erasure erasure, long orders, IReadOnlyList<ErasureParty> parties) => new(
        erasure.Id, erasure.State, erasure.Says, erasure.Reason, erasure.RequestedAt, erasure.UpdatedAt, erasure.FinishedAt, erasure.Round, orders,
        [.. parties.Select(party => new ErasurePartyView(party.Party, party.State, party.Rows, party.Detail, party.AnsweredAt))]);
}

/// <summary>One party: <c>waiting</c>, <c>done</c> or <c>byHand</c>.</summary>
internal sealed record ErasurePartyView(string Party, string State, long Rows, string? Detail, DateTimeOffset? AnsweredAt);

/// <summary>The newest first.</summary>
internal sealed record ErasurePage(IReadOnlyList<ErasureView> Erasures);
