using CustomerResolution.AnnouncingConsent;
using CustomerResolution.NormalisingIdentifiers;
using CustomerResolution.TakingNotices;
using CustomerResolution.WatchingCards;
using Microsoft.Extensions.Options;
using ServiceDefaults.ValidatingOptions;

namespace CustomerResolution.ResolvingCustomers;

/// <summary>Registers all that decides who a customer is; whom to ask is registered beside it.</summary>
internal static class IdentificationRegistration
{
    // A card's key and a number: some 15 MB when all are used.
    private const int CardsCounted = 100_000;
    // Each matters for as long as answers are remembered; an address and a moment.
    private const int PermissionsHeld = 10_000;

    public static void AddIdentification(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<CardNumberOptions>(CardNumberOptions.Section);
        builder.AddValidatedOptions<PhoneNumberOptions>(PhoneNumberOptions.Section);
        builder.AddValidatedOptions<IdentificationOptions>(IdentificationOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<IdentificationOptions>, WeakIdentifierValidator>();
        builder.Services.AddSingleton<CardNumbers>();
        builder.Services.AddSingleton<PhoneNumbers>();
        builder.Services.AddSingleton(services => new WeakIdentifiers(
            services.GetRequiredService<IOptions<IdentificationOptions>>().Value.WeakIdentifiers, services.GetRequiredService<CardNumbers>(), services.GetRequiredService<PhoneNumbers>()));
        builder.Services.AddSingleton<IdentifierReader>();
        builder.Services.AddSingleton(services => new CardUse(
            services.GetRequiredService<IOptions<IdentificationOptions>>().Value.SharedCardOrdersPerDay, CardsCounted, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<CustomerSearch>();
        builder.Services.AddSingleton<CustomerResolver>();
        builder.Services.AddSingleton<WithdrawalAnnouncer>();
        builder.Services.AddSingleton(services => new Permissions(PermissionsHeld, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<CustomerAnswers>();
        builder.Services.AddSingleton<ReplayAnswers>();
        builder.Services.AddHostedService<LookupsInVain>();
        builder.Services.AddSingleton<NoticePublisher>();
        builder.Services.AddSingleton<CardRegistration>();
        builder.Services.AddSingleton<ConsentChange>();
    }
}
