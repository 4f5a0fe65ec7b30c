using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrderIngest.ReceivingOrders;

namespace OrderIngest.DescribingRoutes;

/// <summary>What the document says about values: the words a field may hold, numbers as they really are, the members of a problem.</summary>
internal sealed class ValueTexts : IOpenApiSchemaTransformer
{
    // Whatever is sent may have numbers as text; whatever is answered has not.
    private static readonly Type[] Sent = [typeof(SubmittedOrder), typeof(SubmittedLine), typeof(SubmittedTotals)];

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is { } property)
        {
            if (property.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), true) is [AllowedValuesAttribute words, ..])
                schema.Enum = [.. words.Values.Select(word => (JsonNode)JsonValue.Create((string)word!)!)];
            if (!Sent.Contains(property.DeclaringType))
                OnlyNumbers(schema);
        }
        else if (context.ParameterDescription is not null)
            OnlyNumbers(schema);
        if (context.JsonTypeInfo.Type == typeof(JsonNode))
            schema.Description = "The order as it was accepted, without anything about the customer.";
        if (context.JsonTypeInfo.Type == typeof(ProblemDetails) && context.JsonPropertyInfo is null)
            AddMembers(schema);
        return Task.CompletedTask;
    }

    private static void OnlyNumbers(OpenApiSchema schema)
    {
        if (schema.Type is { } type && type.HasFlag(JsonSchemaType.String) && (type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number)))
            (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
    }

    private static void AddMembers(OpenApiSchema schema)
    {
        schema.Description = "What went wrong (RFC 9457).";
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        var codes = string.Join("\n", KnownProblems.All.Select(problem => $"* `{problem.Code}` ({problem.Status}): {problem.Means}"));
        schema.Properties["code"] = Text($"For programs; more may be added.\n\n{codes}");
        schema.Properties["faults"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "Everything that is wrong with an order or a header row.",
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["at"] = Text("JSON path, or row and column of a file."),
                    ["says"] = Text("What is wrong, in words that follow the place. Never quotes the value."),
                },
            },
        };
        schema.Properties["layouts"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "Where a filter fits more than one kind of file: source, format and layout of each, for the filters of the same name, and how many inputs are of it.",
            Items = new OpenApiSchema { Type = JsonSchemaType.Object },
        };
        schema.Properties["orderId"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", Description = "The sale, for changed-after-acceptance." };
        schema.Properties["serverTime"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Description = "The time here in Unix seconds, for timestamp-outside-window." };
        schema.Properties["traceId"] = Text("Finds the request in traces and logs.");
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
