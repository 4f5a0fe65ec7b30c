using System.Text.Json;
using Contracts.OrderJourney;
using Contracts.ProfileStoreSender;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.SendingToOdp;

namespace ProfileStoreSender.ErasingPeople;

/// <summary>
/// ODP's compliance API: POST {BaseAddress}/v3/compliance/gdpr/delete, an array with one object per identifier, answered with 202. From then on ODP redacts the profile,
/// drops further events of these identifiers, and needs up to 30 days by its documentation.
/// </summary>
internal sealed class OdpErasure(EventRequests requests, OdpOptions options) : IDestinationErasure
{
    private const string Instructions = "send a compliance delete request in ODP";

    public string Destination => Destinations.Odp;

    public async Task<DestinationErased> Erase(PersonAtDestination person, CancellationToken cancellationToken)
    {
        if (options.BaseAddress is not { } root || string.IsNullOrEmpty(options.PrivateKey) || string.IsNullOrEmpty(options.ErasureRequester))
            return new(ErasureState.ByHand, $"Odp:PrivateKey or Odp:ErasureRequester is not set: {Instructions}, or set both and ask for the erasure again");
        var identifiers = new List<Dictionary<string, string>>();
        if (person.Email is { } email)
            identifiers.Add(Identifier("email", email));
        if (options.CardIdentifier is { Length: > 0 } name)
            identifiers.AddRange(person.Cards.Select(card => Identifier(name, card)));
        if (identifiers.Count == 0)
            return new(ErasureState.Done, "nothing there without an address, and cards are not sent");
        var answer = await requests.Post(
            new($"{root.AbsoluteUri.TrimEnd('/')}/v3/compliance/gdpr/delete"), JsonSerializer.SerializeToUtf8Bytes(identifiers), 1, headers => headers.Add("x-api-key", options.PrivateKey), options.Timeout, cancellationToken);
        var erased = ErasureAnswers.Of(answer, "Odp:PrivateKey", Instructions);
        return erased.State == ErasureState.Done ? erased with { Detail = "accepted; ODP may take 30 days" } : erased;
    }

    private Dictionary<string, string> Identifier(string field, string value) =>
        new() { ["requester"] = options.ErasureRequester!, ["identifier_field_name"] = field, ["identifier_value"] = value };
}
