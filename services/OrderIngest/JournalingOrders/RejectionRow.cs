using System.Security.Cryptography;
using System.Text.Json;
using OrderIngest.ReadingOrders;

namespace OrderIngest.JournalingOrders;

/// <summary>A row of <c>rejected_inputs</c>; equal inputs of one batch are one row.</summary>
/// <param name="Input">What is kept.</param>
/// <param name="Reason">As stored.</param>
/// <param name="Faults">JSON.</param>
/// <param name="Kinds">Each kind of fault once; a row of <c>rejected_faults</c> each.</param>
/// <param name="RawHash">SHA-256 of the bytes.</param>
/// <param name="Layout">Tells files with different header rows apart: one file can be made of inputs with the same.</param>
/// <param name="Times">How often it came in this batch.</param>
internal sealed record RejectionRow(RejectedInput Input, string Reason, string Faults, IReadOnlyList<string> Kinds, byte[] RawHash, string Layout, int Times)
{
    public string Format => InputFormatText.Of(Input.Format);

    public string? Edge => FileEdgeText.Of(Input.Edge);

    /// <summary>In the order of the file, so that ids and lists are in it too.</summary>
    public static IReadOnlyList<RejectionRow> Of(IReadOnlyList<RejectedInput> inputs) =>
        [.. inputs
            .Select(input => (Input: input, Hash: SHA256.HashData(input.Raw)))
            .GroupBy(row => (row.Input.Source, row.Input.Reason, Convert.ToHexString(row.Hash)))
            .Select(same => Of(same.First().Input, same.First().Hash, same.Count()))];

    /// <summary>The layout of rows below this header; without one, the format's name.</summary>
    public static string LayoutOf(ReadOnlySpan<byte> header, InputFormat format) => header.IsEmpty ? InputFormatText.Of(format) : Convert.ToHexStringLower(SHA256.HashData(header.TrimEnd("\r\n"u8)).AsSpan(0, 4));

    private static RejectionRow Of(RejectedInput input, byte[] hash, int times) => new(
        input, RejectionReasonText.Of(input.Reason), JsonSerializer.Serialize(input.Faults, JsonSerializerOptions.Web), FaultKind.Of(input.Faults), hash,
        LayoutOf(input.Raw.AsSpan(0, input.HeaderBytes), input.Format), times);
}
