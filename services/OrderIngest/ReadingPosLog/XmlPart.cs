using System.Xml;

namespace OrderIngest.ReadingPosLog;

/// <summary>
/// An element of a transaction. Names are compared without their prefix, but only elements with the transaction's own prefix count as the standard's: what a
/// vendor adds has another one, and often the same names with another meaning.
/// </summary>
internal sealed class XmlPart(string prefix, string name)
{
    private const int Deepest = 64;

    private readonly List<(string Name, string Value)> _attributes = [];
    private string _written = "";

    public string Prefix { get; } = prefix;

    public string Name { get; } = name;

    public List<XmlPart> Children { get; } = [];

    public IReadOnlyList<(string Name, string Value)> Attributes => _attributes;

    /// <summary>The text of the element itself, trimmed, line ends as blanks; empty when there is none.</summary>
    public string Text => field ??= Plain(_written);

    /// <summary>Reads one element and everything in it.</summary>
    /// <exception cref="XmlException">It is not well-formed, refers to an entity, or is nested deeper than 64 levels.</exception>
    public static XmlPart Read(string xml, XmlNames names)
    {
        names.StartOverWhenFull();
        // Without name spaces: a transaction is read without the outer element that declares the prefixes. Entities stay undefined, so none is expanded.
        using var reader = new XmlTextReader(new StringReader(xml), names.Table)
        {
            Namespaces = false,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            EntityHandling = EntityHandling.ExpandCharEntities,
        };
        var open = new Stack<XmlPart>();
        XmlPart? root = null;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count == Deepest)
                        throw new XmlException("is nested too deeply", null, reader.LineNumber, reader.LinePosition);
                    var part = Of(reader, names);
                    if (open.TryPeek(out var parent))
                        parent.Children.Add(part);
                    root ??= part;
                    if (!reader.IsEmptyElement)
                        open.Push(part);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    var holder = open.Peek();
                    holder._written = holder._written.Length == 0 ? reader.Value : holder._written + reader.Value;
                    break;
                case XmlNodeType.EntityReference:
                    throw new XmlException("refers to an entity that is not XML's own", null, reader.LineNumber, reader.LinePosition);
            }
        }
        return root ?? throw new XmlException("has no element");
    }

    /// <summary>First child of the standard with this name.</summary>
    public XmlPart? Child(string name)
    {
        foreach (var child in Children)
        {
            if (child.Name == name && child.Prefix == Prefix)
                return child;
        }
        return null;
    }

    /// <summary>All children of the standard with this name.</summary>
    public IEnumerable<XmlPart> All(string name)
    {
        foreach (var child in Children)
        {
            if (child.Name == name && child.Prefix == Prefix)
                yield return child;
        }
    }

    /// <summary>Text of the first child with one of these names that has any, or null.</summary>
    public string? TextOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var child in Children)
            {
                if (child.Name == name && child.Prefix == Prefix && child.Text.Length > 0)
                    return child.Text;
            }
        }
        return null;
    }

    /// <summary>What an attribute or a child with one of these names says, whatever its prefix: flags and kinds are written in either way, and by vendors too.</summary>
    public string? Says(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Attribute(name) is { } attribute)
                return attribute;
            foreach (var child in Children)
            {
                if (child.Name == name && child.Text.Length > 0)
                    return child.Text;
            }
        }
        return null;
    }

    /// <summary>An attribute's value whatever its prefix, or null when it is absent or blank.</summary>
    public string? Attribute(string name)
    {
        foreach (var (key, value) in _attributes)
        {
            if (key == name && !string.IsNullOrWhiteSpace(value))
                return value.Trim();
        }
        return null;
    }

    /// <summary>Everything below with this name, whatever its prefix.</summary>
    public IEnumerable<XmlPart> Anywhere(string name)
    {
        foreach (var child in Children)
        {
            if (child.Name == name)
                yield return child;
            foreach (var below in child.Anywhere(name))
                yield return below;
        }
    }

    private static XmlPart Of(XmlTextReader reader, XmlNames names)
    {
        var (prefix, name) = names.Cut(reader.Name);
        var part = new XmlPart(prefix, name);
        while (reader.MoveToNextAttribute())
            part._attributes.Add((names.Cut(reader.Name).Local, reader.Value));
        reader.MoveToElement();
        return part;
    }

    private static string Plain(string text)
    {
        var trimmed = text.Trim();
        return trimmed.AsSpan().IndexOfAny('\r', '\n', '\t') < 0 ? trimmed : string.Join(' ', trimmed.Split((char[])['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
    }
}
