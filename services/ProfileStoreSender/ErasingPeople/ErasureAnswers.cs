using Contracts.OrderJourney;
using ProfileStoreSender.SendingEvents;

namespace ProfileStoreSender.ErasingPeople;

/// <summary>What an answer to a request to erase amounts to, for every destination alike.</summary>
internal static class ErasureAnswers
{
    /// <param name="answer">The destination's.</param>
    /// <param name="key">The setting that holds the key.</param>
    /// <param name="instructions">What a person does where the destination refuses.</param>
    public static DestinationErased Of(DestinationAnswer answer, string key, string instructions) => answer switch
    {
        { Kind: AnswerKind.Accepted } => new(ErasureState.Done),
        // Listed already: that is what was wanted.
        { StatusCode: 409 } => new(ErasureState.Done),
        { Kind: AnswerKind.KeyRefused, StatusCode: { } status } => new(ErasureState.Waiting, $"the key is refused with {status}: check {key}"),
        { Kind: AnswerKind.Unavailable, StatusCode: { } status } => new(ErasureState.Waiting, $"answers {status}"),
        { Kind: AnswerKind.Unavailable } => new(ErasureState.Waiting, "gives no answer"),
        _ => new(ErasureState.ByHand, $"refused with {answer.StatusCode}: {instructions}"),
    };
}
