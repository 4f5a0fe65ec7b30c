using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using OrderIngest.GuardingSources;

namespace OrderIngest.DescribingRoutes;

/// <summary>
/// What the document says about one route: texts and examples from its file (<see cref="RouteTexts"/>), those of refusals from <see cref="KnownProblems"/>, so that a route need
/// only say which statuses it answers with.
/// </summary>
internal sealed class OperationTexts : IOpenApiOperationTransformer
{
    private const string Problem = "application/problem+json", SourceParameter = "source";

    public static bool IsGuarded(OpenApiOperation operation) => operation.Parameters?.Any(parameter => parameter is { Name: SourceParameter, In: ParameterLocation.Query }) == true;

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var texts = RouteTexts.Of(operation.OperationId);
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<GuardedRoute>().Any())
            AddSource(operation);
        foreach (var (type, media) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            media.Examples = texts.Request(type);
        if (operation.RequestBody is OpenApiRequestBody body)
            (body.Description, body.Required) = (texts.RequestDescription ?? body.Description, true);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description ??= texts.Parameter(parameter.Name);
            parameter.Example ??= texts.ParameterExample(parameter.Name);
        }
        foreach (var (status, answer) in operation.Responses ?? new OpenApiResponses())
        {
            if (answer is OpenApiResponse response && int.TryParse(status, CultureInfo.InvariantCulture, out var number))
                Describe(response, number, texts);
        }
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiResponse response, int status, RouteTexts texts)
    {
        var problem = KnownProblems.First(status);
        if (texts.Answer(status) is { } said)
            response.Description = said;
        else if (problem is not null && (response.Description is null || response.Description == ReasonPhrases.GetReasonPhrase(status)))
            response.Description = problem.Means;
        response.Headers = texts.Headers(status);
        if (problem?.RetryAfter is { } retryAfter)
            (response.Headers ??= new Dictionary<string, IOpenApiHeader>())["Retry-After"] = RouteTexts.Header("Seconds until it is worth sending again.", retryAfter);
        if (status == StatusCodes.Status401Unauthorized)
            (response.Headers ??= new Dictionary<string, IOpenApiHeader>())["WWW-Authenticate"] = RouteTexts.Header("What is asked for.", "ApiKey header=\"X-Api-Key\"");
        foreach (var (type, media) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            media.Examples = texts.Answers(status);
            if (media.Examples is null && type == Problem)
                media.Examples = KnownProblems.Examples(status);
        }
    }

    private static void AddSource(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        if (IsGuarded(operation))
            return;
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = SourceParameter,
            In = ParameterLocation.Query,
            Description = "Name of the source. The key tells it already; another source's name is refused. Needed only where no key is required.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = JsonValue.Create("pos"),
        });
    }
}
