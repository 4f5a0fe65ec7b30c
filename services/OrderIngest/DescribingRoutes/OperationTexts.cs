using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace OrderIngest.DescribingRoutes;

/// <summary>
/// What the document says about one route: texts and examples from its file (<see cref="RouteTexts"/>), those of refusals from <see cref="KnownProblems"/>, so that a route need
/// only say which statuses it answers with. Works on the whole document, after the routes' own transformers: some say themselves which bodies and parameters they take.
/// </summary>
internal sealed class OperationTexts : IOpenApiDocumentTransformer
{
    private const string Problem = "application/problem+json";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()))
            Describe(operation, RouteTexts.Of(operation.OperationId));
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiOperation operation, RouteTexts texts)
    {
        operation.Parameters = operation.Parameters?.Where(parameter => !texts.Unused.Contains(parameter.Name)).ToList();
        foreach (var (type, media) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            media.Examples = texts.Request(type);
        if (operation.RequestBody is OpenApiRequestBody body)
            (body.Description, body.Required) = (texts.RequestDescription ?? body.Description, !texts.RequestIsOptional);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description ??= texts.Parameter(parameter.Name);
            parameter.Example ??= texts.ParameterExample(parameter.Name);
            if (parameter.Schema is OpenApiSchema schema && texts.ParameterWords(parameter.Name) is { } words)
                schema.Enum = words;
        }
        foreach (var (status, answer) in operation.Responses ?? new OpenApiResponses())
        {
            if (answer is OpenApiResponse response && int.TryParse(status, CultureInfo.InvariantCulture, out var number))
                Describe(response, number, texts);
        }
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
            media.Examples = texts.Answers(status, type);
            if (media.Examples is null && type == Problem)
                media.Examples = KnownProblems.Examples(status);
        }
    }
}
