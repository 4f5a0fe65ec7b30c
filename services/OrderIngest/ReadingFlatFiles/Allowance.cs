namespace OrderIngest.ReadingFlatFiles;

/// <summary>So many bytes and no more.</summary>
/// <param name="most">How many.</param>
internal sealed class Allowance(long most)
{
    private long _taken;

    /// <exception cref="TooMuchUnpackedException">There are not so many left.</exception>
    public void Take(long bytes)
    {
        if (bytes > most - _taken)
            throw new TooMuchUnpackedException($"more than {most} bytes come out of it");
        _taken += bytes;
    }
}
