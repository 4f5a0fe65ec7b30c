using Microsoft.Extensions.Options;

namespace OrderIngest.DescribingRoutes;

/// <summary>
/// The OpenAPI document at <c>/openapi/v1.json</c> and a page to read it at <c>/openapi</c>. Both are open to everybody while they are served: they say nothing that this
/// repository does not say, and an integrator needs them before there is a key.
/// </summary>
internal static class RouteDescription
{
    private const string Path = "openapi";

    // Nothing from elsewhere, nothing in line. Swagger UI draws its arrows as data: pictures in its style sheet.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void AddDescription(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddOperationTransformer<SourceParameter>();
        options.AddDocumentTransformer<OperationTexts>();
        options.AddDocumentTransformer<DocumentTexts>();
        options.AddSchemaTransformer<ValueTexts>();
    });

    public static void MapDescription(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<IOptions<OrderIngestOptions>>().Value.ServeOpenApi)
            return;
        routes.MapOpenApi().Guarded();
        routes.MapSwaggerUI(Path, page =>
        {
            page.DocumentTitle = DocumentTexts.Title;
            page.HeadContent = "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"stylesheet\" href=\"./page.css\">";
            page.SwaggerEndpoint($"/{Path}/v1.json", DocumentTexts.Title);
            page.DisplayOperationId();
            page.DisplayRequestDuration();
            page.EnableTryItOutByDefault();
            page.DefaultModelsExpandDepth(0);
        }).Guarded();
        routes.MapGet($"/{Path}/page.css", () => Results.Stream(typeof(RouteDescription).Assembly.GetManifestResourceStream("page/page.css")!, "text/css")).ExcludeFromDescription().Guarded();
    }

    private static void Guarded(this IEndpointConventionBuilder endpoints) => endpoints.Add(endpoint =>
    {
        if (endpoint.RequestDelegate is not { } serve)
            return;
        endpoint.RequestDelegate = http =>
        {
            var headers = http.Response.Headers;
            (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers.XFrameOptions) = (ContentSecurityPolicy, "nosniff", "DENY");
            headers["Referrer-Policy"] = "no-referrer";
            return serve(http);
        };
    });
}
