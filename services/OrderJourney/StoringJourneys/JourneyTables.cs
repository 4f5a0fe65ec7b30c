using OrderJourney.KeepingCardNotices;
using ServiceDefaults.UsingTheDatabase;

namespace OrderJourney.StoringJourneys;

/// <summary>The tables of the configured database.</summary>
internal sealed class JourneyTables
{
    public JourneyTables([FromKeyedServices(OrderJourneyService.Name)] ServiceDatabase database) => (Table, Queries, Notices) = database.Kind switch
    {
        DatabaseKind.PostgreSql => ((IJourneyTable)new PostgresJourneys(database), (IJourneyQueries)new PostgresJourneyQueries(database), (ICardNoticeTable)new PostgresCardNotices(database)),
        _ => (new SqliteJourneys(database), new SqliteJourneyQueries(database), new SqliteCardNotices(database)),
    };

    public IJourneyTable Table { get; }

    public IJourneyQueries Queries { get; }

    public ICardNoticeTable Notices { get; }
}
