namespace OrderIngest.ReadingFlatFiles;

/// <summary>What a minus means in a flat file.</summary>
internal enum AmountSign
{
    /// <summary>Goods that came back are negative.</summary>
    AsWritten = 0,

    /// <summary>Goods that were sold are negative, as in the tables of Dynamics 365.</summary>
    Reversed = 1,
}
