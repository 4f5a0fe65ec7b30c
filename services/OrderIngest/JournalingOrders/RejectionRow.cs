using System.Security.Cryptography;
using System.Text.Json;

namespace OrderIngest.JournalingOrders;

/// <summary>A row of <c>rejected_inputs</c>; equal inputs of one batch are one row.</summary>
internal sealed record RejectionRow(RejectedInput Input, string Reason, string Faults, byte[] RawHash, int Times)
{
    public static IReadOnlyList<RejectionRow> Of(IReadOnlyList<RejectedInput> inputs) =>
        [.. inputs
            .Select(input => (Input: input, Hash: SHA256.HashData(input.Raw)))
            .GroupBy(row => (row.Input.Source, row.Input.Reason, Convert.ToHexString(row.Hash)))
            .OrderBy(same => same.Key.Item3, StringComparer.Ordinal)
            .Select(same => new RejectionRow(
                same.First().Input,
                RejectionReasonText.Of(same.Key.Reason),
                JsonSerializer.Serialize(same.First().Input.Faults, JsonSerializerOptions.Web),
                same.First().Hash,
                same.Count()))];
}
