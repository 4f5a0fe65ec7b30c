using System.Text.RegularExpressions;

namespace Structure.Tests;

/// <summary>A script of a service's schema: what in it the previous version, which works on the same tables meanwhile, may not survive (docs/decisions/0027).</summary>
internal static partial class SchemaScript
{
    /// <summary>Tables that a script makes, or gives a name to.</summary>
    public static IEnumerable<string> TablesIn(string sql) => MadeTable().Matches(WithoutComments(sql)).Select(match => match.Groups["table"].Value);

    /// <summary>What is wrong with a script, a line each.</summary>
    /// <param name="sql">The script.</param>
    /// <param name="inUse">Tables of the previous version.</param>
    /// <param name="isUnusedSince">Whether the previous version is at or after the commit that a statement's comment names.</param>
    public static IEnumerable<string> Faults(string sql, IReadOnlySet<string> inUse, Func<string, bool> isUnusedSince)
    {
        var added = new HashSet<string>();
        // A comment may hold a semicolon; the one that is looked for stays with its statement.
        foreach (var part in Comment().Replace(sql, comment => Unused().IsMatch(comment.Value) ? comment.Value.Replace(';', ' ') : "").Split(';'))
        {
            var statement = Blanks().Replace(WithoutComments(part), " ").Trim();
            if (statement.Length == 0)
                continue;
            var marker = Unused().Match(part);
            if (marker.Success && isUnusedSince(marker.Groups["commit"].Value))
                continue;
            if (Fault(statement, inUse, added) is { } fault)
                yield return marker.Success ? $"{fault}: {statement} (the previous version is older than {marker.Groups["commit"].Value})" : $"{fault}: {statement}";
        }
    }

    private static string? Fault(string statement, IReadOnlySet<string> inUse, HashSet<string> added)
    {
        if (MadeTable().IsMatch(statement) && !statement.StartsWith("ALTER", StringComparison.OrdinalIgnoreCase))
            return null;
        if (MadeIndex().Match(statement) is { Success: true } index)
            return index.Groups["unique"].Success && inUse.Contains(index.Groups["table"].Value) ? "demands what the previous version does not know of" : null;
        if (Altered().Match(statement) is { Success: true } altered)
            return inUse.Contains(altered.Groups["table"].Value) ? AlteredFault(altered.Groups["actions"].Value, added) : null;
        if (Filled().Match(statement) is { Success: true } filled)
            return inUse.Contains(filled.Groups["table"].Value) && !SetColumns(statement).All(added.Contains) ? "changes rows that the previous version reads" : null;
        if (Inserted().Match(statement) is { Success: true } inserted)
            return inUse.Contains(inserted.Groups["table"].Value) ? "adds rows that the previous version reads" : null;
        return "is not known to leave the previous version in peace";
    }

    private static string? AlteredFault(string actions, HashSet<string> added)
    {
        foreach (var action in TopLevelComma().Split(actions).Select(action => action.Trim()))
        {
            if (AddedColumn().Match(action) is not { Success: true } column)
                return "takes away or changes what the previous version uses";
            if (NotNull().IsMatch(action) && !Default().IsMatch(action) || Demanding().IsMatch(action))
                return "adds a column that the previous version does not fill";
            added.Add(column.Groups["column"].Value);
        }
        return null;
    }

    private static IEnumerable<string> SetColumns(string statement) => SetColumn().Matches(AfterSet().Match(statement).Groups["set"].Value).Select(match => match.Groups["column"].Value);

    private static string WithoutComments(string sql) => Comment().Replace(sql, "");

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"--\s*contract: unused since (?<commit>[0-9a-f]{7,40})\b")]
    private static partial Regex Unused();

    [GeneratedRegex(@"\bCREATE TABLE (?:IF NOT EXISTS )?(?<table>\w+)|\bRENAME TO (?<table>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex MadeTable();

    [GeneratedRegex(@"^CREATE (?<unique>UNIQUE )?INDEX (?:IF NOT EXISTS )?\w+ ON (?<table>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex MadeIndex();

    [GeneratedRegex(@"^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?(?<table>\w+) (?<actions>.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Altered();

    [GeneratedRegex(@"^ADD COLUMN (?:IF NOT EXISTS )?(?<column>\w+) ", RegexOptions.IgnoreCase)]
    private static partial Regex AddedColumn();

    [GeneratedRegex(@"\bNOT NULL\b", RegexOptions.IgnoreCase)]
    private static partial Regex NotNull();

    [GeneratedRegex(@"\bDEFAULT\b", RegexOptions.IgnoreCase)]
    private static partial Regex Default();

    [GeneratedRegex(@"\b(UNIQUE|CHECK|REFERENCES|PRIMARY KEY)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Demanding();

    [GeneratedRegex(@"^UPDATE (?<table>\w+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Filled();

    [GeneratedRegex(@"\bSET (?<set>.*?)(?= FROM | WHERE |$)", RegexOptions.IgnoreCase)]
    private static partial Regex AfterSet();

    [GeneratedRegex(@"(?:^|,) ?(?<column>\w+) ?=")]
    private static partial Regex SetColumn();

    [GeneratedRegex(@"^INSERT INTO (?<table>\w+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Inserted();

    [GeneratedRegex(@",(?![^()]*\))")]
    private static partial Regex TopLevelComma();
}
