using System.Runtime.CompilerServices;
using System.Text.Json;

namespace SampleOrders.Tests;

public sealed class When_the_sample_is_written_again : IDisposable
{
    private static readonly string[] Names = ["store-orders.csv", "loyalty-members.csv", "expected.json"];

    private readonly string _folder = Directory.CreateTempSubdirectory("sample-orders-").FullName;

    public static TheoryData<string> Files => [.. Names];

    [Theory, MemberData(nameof(Files))]
    public void It_is_the_shipped_one_byte_for_byte(string name)
    {
        SampleExport.Write(_folder);

        var shipped = File.ReadAllBytes(Path.Combine(Shipped(), name));
        var written = File.ReadAllBytes(Path.Combine(_folder, name));
        Assert.True(shipped.AsSpan().SequenceEqual(written),
            $"{name} differs from byte {shipped.AsSpan().CommonPrefixLength(written)} on; dotnet run --project tests/SampleOrders -- services/Quickstart/Sample writes it anew");
    }

    [Fact]
    public void Another_seed_gives_other_orders()
    {
        SampleExport.Write(_folder, seed: 1);

        Assert.NotEqual(File.ReadAllBytes(Path.Combine(Shipped(), Names[0])), File.ReadAllBytes(Path.Combine(_folder, Names[0])));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal static string Shipped([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "services", "Quickstart", "Sample"));

    internal static JsonElement Expected() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Shipped(), Names[2]))).RootElement;
}
