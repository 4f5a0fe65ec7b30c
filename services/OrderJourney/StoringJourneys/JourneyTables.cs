using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.StoringJourneys;

/// <summary>The tables of the configured database.</summary>
internal sealed class JourneyTables
{
    public JourneyTables([FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database) => (Table, Queries) = database.Kind switch
    {
        DatabaseKind.PostgreSql => ((IJourneyTable)new PostgresJourneys(database), (IJourneyQueries)new PostgresJourneyQueries(database)),
        _ => (new SqliteJourneys(database), new SqliteJourneyQueries(database)),
    };

    public IJourneyTable Table { get; }

    public IJourneyQueries Queries { get; }
}
