using System.Runtime.CompilerServices;

namespace OrderIngest.Tests.ReadingOrders;

/// <summary>The files under docs/formats/samples.</summary>
internal static class ShippedSample
{
    public static string PathOf(string name, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/formats/samples", name));
}
