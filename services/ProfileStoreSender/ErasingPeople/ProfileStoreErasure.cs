using System.Text.Json;
using Contracts.OrderJourney;
using ProfileStoreSender.SendingEvents;
using ProfileStoreSender.TrackingInProfileStore;

namespace ProfileStoreSender.ErasingPeople;

/// <summary>
/// Profile Store's blacklist: POST {QueryBaseAddress}/api/v1.0/blacklists/. It ignores further events of the address, and a nightly job deletes profiles with it and every
/// event whose device id belongs to such a profile. With one device id for everybody that would be everybody's: then a person has to decide.
/// </summary>
internal sealed class ProfileStoreErasure(EventRequests requests, ProfileStoreOptions options) : IDestinationErasure
{
    private const string Instructions = "blacklist the address in Profile Store's administration";

    public string Destination => ProfileStoreDestination.Name;

    public async Task<DestinationErased> Erase(PersonAtDestination person, CancellationToken cancellationToken)
    {
        if (person.Email is not { } email)
            return new(ErasureState.Done, "nothing there without an address");
        if (options.DeviceId == DeviceIdKind.Constant)
            return new(ErasureState.ByHand, "not blacklisted: ProfileStore:DeviceId is Constant, so the nightly job would delete the events of everybody who has that device id; delete the person's profile and events by hand");
        if (options.QueryBaseAddress is not { } root || string.IsNullOrEmpty(options.QueryKey))
            return new(ErasureState.ByHand, $"ProfileStore:QueryBaseAddress or ProfileStore:QueryKey is not set: {Instructions}, or set both and ask for the erasure again");
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["Email"] = email, ["Scope"] = options.Scope });
        var answer = await requests.Post(
            new($"{root.AbsoluteUri.TrimEnd('/')}/api/v1.0/blacklists/"), body, 1, headers => headers.Authorization = new(ProfileStoreDestination.EpiSingle, options.QueryKey), options.Timeout, cancellationToken);
        return ErasureAnswers.Of(answer, "ProfileStore:QueryKey", Instructions);
    }
}
