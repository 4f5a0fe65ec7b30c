namespace OrderIngest.ReadingOrders;

/// <summary>Names of the formats as outside programs and the database see them: <c>poslog</c>.</summary>
internal static class InputFormatText
{
    public static string Of(InputFormat format) => format.ToString().ToLowerInvariant();

    /// <summary>The format with this name; null for none, and for one that this version does not know.</summary>
    public static InputFormat? Parse(string? text) =>
        Enum.GetValues<InputFormat>().Where(format => Of(format) == text).Cast<InputFormat?>().FirstOrDefault();
}
