using OrderIngest.ReadingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>Rejected input with its bytes.</summary>
/// <param name="Entry">What is known about it.</param>
/// <param name="Format">What the bytes are; null when it was kept by a version that knew another format.</param>
/// <param name="Raw">As they came, behind the file's header row.</param>
/// <param name="HeaderBytes">How many of them are the header row.</param>
/// <param name="Edited">The bytes that were accepted instead, where somebody had to edit them.</param>
/// <param name="Edge">What stood beside rows of a flat file; null when it was kept by a version that did not note it.</param>
internal sealed record KeptInput(RejectedEntry Entry, InputFormat? Format, byte[] Raw, int HeaderBytes, byte[]? Edited, FileEdge? Edge)
{
    public long Id => Entry.Id;

    /// <summary>What lies between the rows of the file and those of the kept bytes, which begin with the header row.</summary>
    public int RowsBefore => Format == InputFormat.Json ? 0 : Entry.FirstRow - (HeaderBytes > 0 ? 1 + Raw.AsSpan(0, HeaderBytes).Count((byte)'\n') : 1);
}
