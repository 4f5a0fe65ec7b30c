using System.Net.Http.Json;
using static ProfileStoreSender.Tests.ApplyingSegments.SegmentsTrial;

namespace ProfileStoreSender.Tests.ApplyingSegments;

public sealed class When_segments_cannot_be_applied
{
    /// <summary>A guessed name that the service does not know would be dropped in silence, and the segment be empty.</summary>
    [Fact]
    public async Task What_the_service_did_not_keep_is_a_failure_that_says_what()
    {
        await using var store = await Start();
        var folder = Directory.CreateTempSubdirectory("segments").FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "optimizely")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var segment = Path.Combine(folder, "viewed-online-bought-in-store.segment.json");
        await File.WriteAllTextAsync(segment, (await File.ReadAllTextAsync(segment, Stop)).Replace("\"Filters\"", "\"FilterList\"", StringComparison.Ordinal), Stop);

        var applied = await Run(store, ["apply", "--folder", folder]);

        Directory.Delete(folder, recursive: true);
        Assert.Equal(1, applied.Exit);
        Assert.Contains("keeps something else in FilterList", applied.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QueryBaseAddress", null, "ProfileStore:QueryBaseAddress")]
    [InlineData("QueryBaseAddress", "profiles", "ProfileStore:QueryBaseAddress")]
    [InlineData("QueryKey", "", "ProfileStore:QueryKey")]
    [InlineData("QueryKey", "wrong-key", "answered 401 (check ProfileStore:QueryKey")]
    [InlineData("QueryBaseAddress", "http://127.0.0.1:1", "got no answer (ConnectionError)")]
    [InlineData("Scope", "typo", "answered 400: ")]
    public async Task What_is_wrong_is_said_in_one_line_without_the_key(string setting, string? value, string says)
    {
        await using var store = await Start();

        var applied = await Run(store, ["apply"], (setting, value));

        Assert.Equal(1, applied.Exit);
        Assert.Contains(says, Assert.Single(applied.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("-key", applied.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"dayz":7}""", "place for the parameter 'dayz'; there are availableForPersonalization, days,")]
    [InlineData("""{"days":null}""", "'days' is neither")]
    [InlineData("""{"days":[7]}""", "'days' is neither")]
    [InlineData("""{"days":""", "is no JSON: line 1")]
    [InlineData("""[]""", "is no JSON object")]
    [InlineData("""{"filterDefinitionName":"epiAverageSpent"}""", "of the vendor's")]
    [InlineData("""{"filterDefinitionName":"has blanks"}""", "answered 400")]
    public async Task Parameters_that_cannot_be_right_write_nothing(string parameters, string says)
    {
        await using var store = await Start();

        var applied = await RunWith(parameters, store, "apply");

        Assert.Equal((1, 0), (applied.Exit, await store.SegmentWrites()));
        Assert.Contains(says, applied.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_definitions_of_one_name_are_left_to_a_person()
    {
        await using var store = await Start();
        using var http = Http(store);
        for (var i = 0; i < 2; i++)
            (await http.PostAsJsonAsync("api/v2.0/FilterDefinitions", new { Name = "viewed-online-bought-in-store", Type = "Events", Query = "Events | take 1" }, Stop)).EnsureSuccessStatusCode();

        var applied = await Run(store, ["apply"]);

        Assert.Equal((1, 2), (applied.Exit, await store.SegmentWrites()));
        Assert.Contains("There are 2 filter definitions", applied.Errors, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
