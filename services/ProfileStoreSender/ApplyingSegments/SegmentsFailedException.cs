namespace ProfileStoreSender.ApplyingSegments;

/// <summary>A file, a setting or the service keeps the command from its work; the text is for whoever started it, and holds no key.</summary>
internal sealed class SegmentsFailedException(string message, Exception? inner = null) : Exception(message, inner);
