using YamlDotNet.RepresentationModel;

namespace Structure.Tests;

/// <summary>A YAML file as a tree.</summary>
internal static class YamlFile
{
    /// <summary>Each document of a file.</summary>
    public static IReadOnlyList<YamlNode> Documents(string path)
    {
        try
        {
            return Parse(Repository.Read(path));
        }
        catch (YamlDotNet.Core.YamlException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Each document of a text.</summary>
    public static IReadOnlyList<YamlNode> Parse(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>What is there by names and, in lists, by numbers; null where it is not.</summary>
    public static YamlNode? At(this YamlNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            node = node switch
            {
                YamlMappingNode map => map.Children.TryGetValue(new YamlScalarNode(part), out var child) ? child : null,
                YamlSequenceNode list when int.TryParse(part, out var index) && index < list.Children.Count => list.Children[index],
                _ => null,
            };
        }
        return node;
    }

    public static string? Text(this YamlNode? node, params ReadOnlySpan<string> path) => (node.At(path) as YamlScalarNode)?.Value;

    public static IReadOnlyList<YamlNode> Items(this YamlNode? node, params ReadOnlySpan<string> path) => node.At(path) is YamlSequenceNode list ? [.. list.Children] : [];

    /// <summary>The entries of a map whose values are texts.</summary>
    public static IReadOnlyDictionary<string, string> Entries(this YamlNode? node, params ReadOnlySpan<string> path) => node.At(path) is YamlMappingNode map
        ? map.Children.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => (entry.Value as YamlScalarNode)?.Value ?? "")
        : new Dictionary<string, string>();

    /// <summary>Everything below a node, itself included.</summary>
    public static IEnumerable<YamlNode> Everything(this YamlNode node) => node.AllNodes;
}
