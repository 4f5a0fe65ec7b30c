using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrderIngest.GuardingSources;

namespace OrderIngest.DescribingRoutes;

/// <summary>The parameter that the guard of the routes reads, on every route that it guards.</summary>
internal sealed class SourceParameter : IOpenApiOperationTransformer
{
    public const string Name = "source";

    public static bool IsOf(OpenApiOperation operation) => operation.Parameters?.Any(parameter => parameter is { Name: Name, In: ParameterLocation.Query }) == true;

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<GuardedRoute>().Any() && !IsOf(operation))
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = Name,
                In = ParameterLocation.Query,
                Description = "Name of the source. The key tells it already; another source's name is refused. Needed only where no key is required.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = JsonValue.Create("pos"),
            });
        }
        return Task.CompletedTask;
    }
}
