using System.Text.Json.Nodes;
using ProfileStoreStandIn.CheckingSegments;

namespace ProfileStoreStandIn.KeepingSegments;

/// <summary>Filter definitions, segments and scopes. Members that are not known are dropped without a word, as web services do.</summary>
internal sealed class SegmentStore(StandInOptions options)
{
    private const int MostScopes = 20;

    private static readonly string[] DefinitionMembers = ["Name", "Description", "Query", "Parameters", "Category", "Type"];

    private static readonly string[] SegmentMembers = ["Name", "Scope", "Description", "SegmentManager", "AvailableForPersonalization", "ProfileQuery", "Filters"];

    private readonly Lock _lock = new();

    private readonly Dictionary<string, JsonObject> _segments = [], _definitions = new()
    {
        // One of the vendor's own: in every list, never to be changed.
        ["epiAverageSpent"] = (JsonObject)JsonNode.Parse("""
            {
              "FilterDefinitionId": "epiAverageSpent", "Name": "epiAverageSpent", "Type": "Events", "Query": "Events | where EventType == 'order' and {{amount}} > 0",
              "Parameters": [{ "Name": "amount", "Type": "decimal" }], "Shared": true, "Products": ["Commerce"]
            }
            """)!,
    };

    private readonly Dictionary<string, JsonObject> _scopes = options.Scopes.Append("default").Distinct().ToDictionary(scope => scope, scope => new JsonObject { ["ScopeId"] = scope });

    private int _writes;

    /// <summary>Writes that were accepted.</summary>
    public int Writes => Volatile.Read(ref _writes);

    public IReadOnlyList<JsonObject> List(SegmentKind kind)
    {
        lock (_lock)
            return [.. Of(kind).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)];
    }

    public JsonObject? Find(SegmentKind kind, string id)
    {
        lock (_lock)
            return Of(kind).GetValueOrDefault(id);
    }

    /// <summary>What is wrong, or null once it is kept.</summary>
    public string? PutDefinition(string id, JsonObject body)
    {
        lock (_lock)
        {
            if (_definitions.GetValueOrDefault(id)?["Shared"] is not null)
                return "shared filter definitions cannot be changed";
            return FilterDefinitionRules.Fault(body) ?? Keep(_definitions, "FilterDefinitionId", id, body, DefinitionMembers);
        }
    }

    /// <inheritdoc cref="PutDefinition" />
    public string? PutSegment(string id, JsonObject body)
    {
        lock (_lock)
        {
            if (options.SegmentsOfUi.Contains(id))
                return "segments of the user interface cannot be changed by API";
            return SegmentRules.Fault(body, scope => options.AnyScope || _scopes.ContainsKey(scope), _definitions.GetValueOrDefault) ?? Keep(_segments, "SegmentId", id, body, SegmentMembers);
        }
    }

    /// <inheritdoc cref="PutDefinition" />
    public string? PutScope(string id, JsonObject body)
    {
        lock (_lock)
        {
            if (!_scopes.ContainsKey(id) && _scopes.Keys.Count(scope => scope != "default") >= MostScopes)
                return $"there are {MostScopes} scopes already";
            return SegmentRules.ScopeFault(id, body) ?? Keep(_scopes, "ScopeId", id, body, ["Description"]);
        }
    }

    private string? Keep(Dictionary<string, JsonObject> all, string idName, string id, JsonObject body, string[] members)
    {
        all[id] = Entry(idName, id, body, members);
        Interlocked.Increment(ref _writes);
        return null;
    }

    private Dictionary<string, JsonObject> Of(SegmentKind kind) => kind switch
    {
        SegmentKind.FilterDefinitions => _definitions,
        SegmentKind.Segments => _segments,
        _ => _scopes,
    };

    private static JsonObject Entry(string idName, string id, JsonObject body, string[] members)
    {
        var entry = new JsonObject { [idName] = id };
        foreach (var name in members.Where(name => body[name] is not null))
            entry[name] = body[name]!.DeepClone();
        return entry;
    }
}

/// <summary>The three lists of the query API that are written to.</summary>
internal enum SegmentKind
{
    FilterDefinitions = 0,
    Segments = 1,
    Scopes = 2,
}
