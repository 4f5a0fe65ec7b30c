using ServiceDefaults.ValidatingOptions;

namespace OrderJourney.ErasingPeople;

/// <summary>What erasing takes.</summary>
internal static class ErasureRegistration
{
    public static void AddErasures(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<ErasureOptions>(ErasureOptions.Section);
        builder.Services.AddSingleton<ErasureTables>();
        builder.Services.AddSingleton<PersonSearch>();
        builder.Services.AddSingleton<JourneyErasure>();
        builder.Services.AddSingleton<ErasureRounds>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ErasureRounds>());
    }
}
