namespace Structure.Tests;

/// <summary>Expand in one version, contract in the next: what deploy/previous-version works on stays as it knows it.</summary>
public sealed class SchemaScriptTests
{
    private static readonly IReadOnlySet<string> InUse = new HashSet<string> { "orders" };

    private static readonly IReadOnlyDictionary<string, string> Before = PreviousVersion.Files("services", ".sql");

    [Fact]
    public void The_previous_version_is_one_that_this_one_comes_from() =>
        Assert.True(PreviousVersion.IsInHistory, $"{PreviousVersion.Commit} of deploy/previous-version is not in the history of what is checked out");

    [Fact]
    public void Scripts_of_the_previous_version_are_as_they_were()
    {
        var now = Scripts().ToDictionary(SetAndName, path => path);

        Assert.NotEmpty(Before);
        Offenders.None(Before.Where(script => !now.TryGetValue(SetAndName(script.Key), out var path) || PreviousVersion.ContentOf(path) != script.Value)
            .Select(script => $"{script.Key} was applied by the previous version and is different now: write another script"));
    }

    [Fact]
    public void Scripts_that_came_since_follow_those_of_the_previous_version() =>
        Offenders.None(New().Where(path => Before.Keys.Any(old => SetOf(old) == SetOf(path) && string.CompareOrdinal(Path.GetFileName(old), Path.GetFileName(path)) > 0))
            .Select(path => $"{path} is applied before scripts that are applied already"));

    [Fact]
    public void Scripts_that_came_since_leave_what_the_previous_version_uses() =>
        Offenders.None(New().SelectMany(
            path => SchemaScript.Faults(Repository.Read(path), Before.Keys.Where(old => SetOf(old) == SetOf(path)).SelectMany(old => SchemaScript.TablesIn(PreviousVersion.Read(old))).ToHashSet(), PreviousVersion.Has),
            (path, fault) => $"{path} {fault}"));

    [Theory]
    [InlineData("DROP TABLE orders", "is not known")]
    [InlineData("ALTER TABLE orders DROP COLUMN body", "takes away or changes")]
    [InlineData("ALTER TABLE orders RENAME TO sales", "takes away or changes")]
    [InlineData("ALTER TABLE orders RENAME COLUMN body TO text", "takes away or changes")]
    [InlineData("ALTER TABLE orders ALTER COLUMN body SET NOT NULL", "takes away or changes")]
    [InlineData("ALTER TABLE orders ADD COLUMN a text, DROP COLUMN body", "takes away or changes")]
    [InlineData("ALTER TABLE orders DROP CONSTRAINT orders_state_check", "takes away or changes")]
    [InlineData("ALTER TABLE orders ADD COLUMN a text NOT NULL", "does not fill")]
    [InlineData("ALTER TABLE orders ADD COLUMN a integer NOT NULL DEFAULT 0, ADD COLUMN b text CHECK (b <> '')", "does not fill")]
    [InlineData("CREATE UNIQUE INDEX one ON orders (store_id)", "demands")]
    [InlineData("UPDATE orders SET state = 'unknown' WHERE state = 'unavailable'", "changes rows")]
    [InlineData("ALTER TABLE orders ADD COLUMN a text; UPDATE orders SET a = body, state = 'open' WHERE a IS NULL", "changes rows")]
    [InlineData("INSERT INTO orders (order_id) SELECT order_id FROM others", "adds rows")]
    [InlineData("DELETE FROM orders", "is not known")]
    [InlineData("-- contract: unused since 1234567\nALTER TABLE orders DROP COLUMN body", "is older than 1234567")]
    public void What_would_break_it_is_found(string sql, string says) =>
        Assert.Contains(says, Assert.Single(SchemaScript.Faults(sql, InUse, _ => false)), StringComparison.Ordinal);

    [Theory]
    [InlineData("ALTER TABLE orders ADD COLUMN a text, ADD COLUMN b numeric(10, 2) NOT NULL DEFAULT 0")]
    [InlineData("ALTER TABLE orders ADD COLUMN a text; UPDATE orders SET a = substr(body, 1, 3) WHERE a IS NULL")]
    [InlineData("-- Once this was two; DROP TABLE orders\nCREATE INDEX newest ON orders (received_at)")]
    [InlineData("CREATE TABLE replays (id uuid PRIMARY KEY, state text NOT NULL); CREATE UNIQUE INDEX one ON replays (state); INSERT INTO replays SELECT order_id, 'open' FROM orders")]
    [InlineData("-- contract: unused since abcdef0\nALTER TABLE orders DROP COLUMN body")]
    public void What_it_survives_is_let_pass(string sql) => Offenders.None(SchemaScript.Faults(sql, InUse, commit => commit == "abcdef0"));

    private static IEnumerable<string> Scripts() => Repository.Files("services", ".sql").Where(path => path.Contains("/Schema/", StringComparison.Ordinal));

    private static IEnumerable<string> New()
    {
        var known = Before.Keys.Select(SetAndName).ToHashSet();
        return Scripts().Where(path => !known.Contains(SetAndName(path)));
    }

    /// <summary>Service and database: scripts of these are applied in the order of their names, whatever folder they lie in.</summary>
    private static string SetOf(string path) => $"{path.Split('/')[1]} {path.Split('/')[^2]}";

    private static string SetAndName(string path) => $"{SetOf(path)} {Path.GetFileName(path)}";
}
