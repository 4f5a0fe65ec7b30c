using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderJourney.AnsweringQuestions;
using OrderJourney.CountingOpenJourneys;
using OrderJourney.CountingWaitingCustomers;
using OrderJourney.ErasingPeople;
using OrderJourney.Journey;
using OrderJourney.KeepingCardNotices;
using OrderJourney.OnLoyaltyCardRegistered;
using OrderJourney.StoringJourneys;
using OrderJourney.SweepingDeadlines;
using ServiceDefaults.UsingTheDatabase;
using ServiceDefaults.ValidatingOptions;

namespace OrderJourney;

/// <summary>The saga: correlates every message of an order, notices what is missing, asks again, and tells where an order is.</summary>
public static class OrderJourneyService
{
    /// <summary>The service's name: key of its database, name of its schema.</summary>
    public const string Name = "OrderJourney";

    /// <summary>Adds options, store and sweeper.</summary>
    public static void AddOrderJourney(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<JourneyOptions>(JourneyOptions.Section);
        builder.AddServiceDatabase(Name, typeof(OrderJourneyService).Assembly);
        var services = builder.Services;
        services.AddSingleton<JourneyTables>();
        services.AddSingleton<IJourneyTable>(provider => provider.GetRequiredService<JourneyTables>().Table);
        services.AddSingleton<IJourneyQueries>(provider => provider.GetRequiredService<JourneyTables>().Queries);
        services.AddSingleton(provider => provider.GetRequiredService<JourneyTables>().Notices);
        services.AddSingleton<JourneyStore>();
        services.AddSingleton<CardNotices>();
        services.AddSingleton<UnconfirmedStatements>();
        services.AddSingleton<OwnQueue>();
        services.AddSingleton<UnansweredRequests>();
        services.AddSingleton<JourneySteps>();
        services.AddSingleton<OrderJourneyMetrics>();
        builder.AddErasures();
        services.AddSingleton<DeadlineSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<DeadlineSweeper>());
        services.AddHostedService<WaitingCustomers>();
        services.AddHostedService<OpenJourneys>();
        services.TryAddSingleton(TimeProvider.System);
    }

    /// <summary>Maps <c>/journeys</c> and <c>/erasures</c>.</summary>
    public static void MapOrderJourney(this IEndpointRouteBuilder routes)
    {
        routes.MapJourneys();
        routes.MapErasures();
    }
}
