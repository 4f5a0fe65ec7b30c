using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using OrderIngest.JournalingOrders;
using OrderIngest.ReadingOrders;

namespace OrderIngest.WatchingInboxes;

/// <summary>The first faults of a file, for its report. All of them are with the rejected input.</summary>
/// <param name="known">Those that were noted before, as JSON.</param>
internal sealed class FirstFaults(string known)
{
    private const int Most = 20, MostOfOneInput = 10;

    private readonly List<NotedFault> _all = JsonSerializer.Deserialize<List<NotedFault>>(known, JsonSerializerOptions.Web) ?? [];

    /// <summary>As the database keeps them.</summary>
    public string Json => JsonSerializer.Serialize(_all, JsonSerializerOptions.Web);

    public void Add(ReadInput input, RejectionReason reason, Guid? orderId)
    {
        if (_all.Count < Most)
            _all.Add(new(input.FirstRow, input.Position, RejectionReasonText.Of(reason), orderId, [.. input.Faults.Take(MostOfOneInput)]));
    }
}

/// <summary>What is wrong with one input.</summary>
/// <param name="Row">Row or line it begins at, from 1.</param>
/// <param name="Position">Byte it begins at, from 0; 0 where the format's reader does not tell.</param>
/// <param name="Reason"><c>invalid</c> or <c>changed-after-acceptance</c>.</param>
/// <param name="OrderId">The sale, where known.</param>
/// <param name="Faults">Where and what; never a value.</param>
internal sealed record NotedFault(int Row, long Position, [property: AllowedValues("invalid", "changed-after-acceptance")] string Reason, Guid? OrderId, IReadOnlyList<Fault> Faults);
