namespace CustomerResolution.TakingNotices;

/// <summary>What a loyalty provider, a shop or customer service tells this system of its own accord.</summary>
internal static class NoticeRoutes
{
    /// <summary>Maps both routes. They bind nothing from the body, so that the key is looked at first.</summary>
    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/loyalty-cards/registered", (HttpContext http, CardRegistration cards, CancellationToken cancellationToken) => cards.Take(http, cancellationToken))
            .AddEndpointFilter((context, next) => Counted("card_registered", context, next)).WithName("RegisterCard");
        routes.MapPost("/customers/consents", (HttpContext http, ConsentChange consents, CancellationToken cancellationToken) => consents.Take(http, cancellationToken))
            .AddEndpointFilter((context, next) => Counted("consent_changed", context, next)).WithName("ChangeConsent");
    }

    private static async ValueTask<object?> Counted(string notice, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (result is IStatusCodeHttpResult { StatusCode: { } status })
            context.HttpContext.RequestServices.GetRequiredService<CustomerResolutionMetrics>().NoticeTaken(notice, status);
        return result;
    }
}
