using OrderIngest.JournalingOrders;

namespace OrderIngest.RepairingRejectedInput;

/// <summary>What looking after rejected input takes.</summary>
internal static class RejectedInputRegistration
{
    public static void AddRejectedInput(this IServiceCollection services)
    {
        services.AddSingleton<IngestTables>();
        services.AddSingleton<RejectedInputs>();
        services.AddSingleton<RejectedCounts>();
        services.AddSingleton<RejectedRepairs>();
        services.AddSingleton<RejectedAgeing>();
        services.AddSingleton<RejectedMetrics>();
        services.AddSingleton<ReadingAgain>();
        services.AddSingleton<Resubmission>();
        services.AddSingleton<Dismissal>();
        services.AddSingleton<FaultList>();
        services.AddSingleton<CorrectableFile>();
        services.AddHostedService<RejectedUpkeep>();
    }
}
