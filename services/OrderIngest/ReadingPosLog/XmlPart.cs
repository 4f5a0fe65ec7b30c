using System.Text;
using System.Xml;

namespace OrderIngest.ReadingPosLog;

/// <summary>
/// An element of a transaction. Names are compared without their prefix, but only elements with the transaction's own prefix count as the standard's: what a
/// vendor adds has another one, and often the same names with another meaning.
/// </summary>
internal sealed class XmlPart(string prefix, string name)
{
    private const int Deepest = 64;

    private readonly StringBuilder _text = new();
    private readonly List<(string Name, string Value)> _attributes = [];

    public string Prefix { get; } = prefix;

    public string Name { get; } = name;

    public List<XmlPart> Children { get; } = [];

    /// <summary>The text of the element itself, trimmed; empty when there is none.</summary>
    public string Text => field ??= _text.ToString().Trim();

    /// <summary>Reads one element and everything in it.</summary>
    /// <exception cref="XmlException">It is not well-formed, or nested deeper than 64 levels.</exception>
    public static XmlPart Read(string xml)
    {
        // Without name spaces: a transaction is read without the outer element that declares the prefixes. Entities stay undefined, so none is expanded.
        using var reader = new XmlTextReader(new StringReader(xml)) { Namespaces = false, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, EntityHandling = EntityHandling.ExpandCharEntities };
        var open = new Stack<XmlPart>();
        XmlPart? root = null;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count == Deepest)
                        throw new XmlException("is nested too deeply", null, reader.LineNumber, reader.LinePosition);
                    var part = Of(reader);
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
                    open.Peek()._text.Append(reader.Value);
                    break;
                case XmlNodeType.EntityReference:
                    throw new XmlException("refers to an entity that is not XML's own", null, reader.LineNumber, reader.LinePosition);
            }
        }
        return root ?? throw new XmlException("has no element");
    }

    /// <summary>First child of the standard with this name.</summary>
    public XmlPart? Child(string name) => All(name).FirstOrDefault();

    /// <summary>All children of the standard with this name.</summary>
    public IEnumerable<XmlPart> All(string name) => Children.Where(child => child.Name == name && child.Prefix == Prefix);

    /// <summary>Text of the first child with one of these names that has any, or null.</summary>
    public string? TextOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var child in All(name))
            {
                if (child.Text.Length > 0)
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

    private static XmlPart Of(XmlTextReader reader)
    {
        var (prefix, name) = Cut(reader.Name);
        var part = new XmlPart(prefix, name);
        while (reader.MoveToNextAttribute())
            part._attributes.Add((Cut(reader.Name).Name, reader.Value));
        reader.MoveToElement();
        return part;
    }

    private static (string Prefix, string Name) Cut(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("", name) : (name[..colon], name[(colon + 1)..]);
    }
}
