namespace OrderIngest.ReplayingOrders;

/// <summary>What replaying takes.</summary>
internal static class ReplayRegistration
{
    public static void AddReplays(this IServiceCollection services)
    {
        services.AddSingleton<JournalReading>();
        services.AddSingleton<Replays>();
        services.AddSingleton<ReplayPlan>();
        services.AddSingleton<ReplayMetrics>();
        services.AddSingleton<IReplaySender, ReplaySender>();
        services.AddSingleton<ReplayStep>();
        services.AddSingleton<ReplayRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<ReplayRunner>());
    }
}
