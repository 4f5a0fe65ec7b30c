using EmailMarketing.ErasingPeople;
using EmailMarketing.KeepingConsents;
using EmailMarketing.RememberingPurchases;
using EmailMarketing.ServingContacts;
using ServiceDefaults.GuardingAccess;
using ServiceDefaults.UsingTheDatabase;

namespace EmailMarketing;

/// <summary>
/// An independent subscriber: keeps the last in-store purchase per customer for an e-mail platform. Nothing else in the system depends on
/// it; it may be stopped, replaced or left out.
/// </summary>
public static class EmailMarketingService
{
    /// <summary>The service's name, and the key of its database.</summary>
    internal const string Name = "EmailMarketing";

    /// <summary>Adds the service's own parts; bus and service defaults are the host's.</summary>
    public static void AddEmailMarketing(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddServiceDatabase(Name, typeof(EmailMarketingService).Assembly);
        builder.Services.AddSingleton<Contacts>();
        builder.Services.AddSingleton<Consents>();
        builder.Services.AddSingleton<ContactErasure>();
        builder.Services.AddSingleton<EmailMarketingMetrics>();
    }

    /// <summary><c>GET /contacts/{email}</c> and <c>GET /contacts.csv</c>, with an API key of section <c>Access</c>; <c>DELETE /erased-contacts/{customerKey}</c> with one that may erase.</summary>
    public static void MapEmailMarketing(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("").RequireApiKey().MapContacts();
        routes.MapGroup("/erased-contacts").RequireErasureKey().MapErasedContacts();
    }
}
