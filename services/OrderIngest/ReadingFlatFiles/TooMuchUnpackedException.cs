namespace OrderIngest.ReadingFlatFiles;

/// <summary>What is packed inside of a stream, or has to be kept until its second file is read, is more than may be, or than there is room for.</summary>
internal sealed class TooMuchUnpackedException : IOException
{
    public TooMuchUnpackedException() { }

    public TooMuchUnpackedException(string message) : base(message) { }

    public TooMuchUnpackedException(string message, Exception innerException) : base(message, innerException) { }
}
