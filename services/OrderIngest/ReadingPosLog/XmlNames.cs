using System.Xml;

namespace OrderIngest.ReadingPosLog;

/// <summary>Names met in one stream, cut into prefix and local name once. A log has a few hundred; one that makes up new ones all the time starts over. Not for use by two threads.</summary>
internal sealed class XmlNames
{
    private const int Most = 4096;

    private readonly Dictionary<string, (string Prefix, string Local)> _cut = new(StringComparer.Ordinal);

    /// <summary>Gives the XML reader one string for each name.</summary>
    public NameTable Table { get; private set; } = new();

    public (string Prefix, string Local) Cut(string name)
    {
        if (_cut.TryGetValue(name, out var cut))
            return cut;
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return _cut[name] = colon < 0 ? ("", name) : (name[..colon], name[(colon + 1)..]);
    }

    /// <summary>Called between two transactions.</summary>
    public void StartOverWhenFull()
    {
        if (_cut.Count < Most)
            return;
        _cut.Clear();
        Table = new();
    }
}
