namespace ProfileStoreSender.ErasingPeople;

/// <summary>What erasing takes, besides each destination's own way.</summary>
internal static class ErasingRegistration
{
    public static void AddErasing(this IServiceCollection services)
    {
        services.AddSingleton<LedgerErasure>();
        services.AddSingleton<DestinationErasureTable>();
        services.AddSingleton<DestinationErasures>();
        services.AddHostedService(provider => provider.GetRequiredService<DestinationErasures>());
    }
}
