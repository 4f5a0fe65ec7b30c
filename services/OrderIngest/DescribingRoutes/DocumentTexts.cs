using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrderIngest.GuardingSources;
using OrderIngest.ReceivingOrders;
using OrderIngest.RepairingRejectedInput;
using ServiceDefaults.GuardingAccess;

namespace OrderIngest.DescribingRoutes;

/// <summary>What the document says about all routes together.</summary>
internal sealed class DocumentTexts : IOpenApiDocumentTransformer
{
    public const string Title = "In-store orders";

    /// <summary>Names of the security schemes.</summary>
    public const string Key = "key", Timestamp = "timestamp", Signature = "signature";

    private const string Introduction =
        """
        Takes orders of stores and publishes each as an event, once.

        * **Key**: every request carries the source's key in `X-Api-Key`. A source may be set up to sign its requests besides; then `X-Timestamp` and `X-Signature` are needed, too. An operator's key opens what was rejected and the files, of all sources, and sends no orders.
        * **Sending again is harmless**: the same sale with the same content is answered as a duplicate and has no second effect. Send again whatever was not answered.
        * **Nothing is lost**: what is not accepted is kept with its bytes and its faults, and is repaired under *Rejected input*. Only what was refused before it was read is not; the answer says so.
        * **Errors** are problem+json. Go by `code`, which never changes its meaning; `title` and `detail` are for people. 429 and 503 say in `Retry-After` when to send again.
        """;

    private static readonly Dictionary<string, string> Groups = new()
    {
        ["Orders"] = "Orders on their way in.",
        ["Rejected input"] = "What was not accepted: find it, see what is wrong, repair it. A source's key sees its own, an operator's key all.",
        ["Replays"] = "Orders of the journal for one subscriber once more. Needs an operator's key.",
        ["Files"] = "What became of the files in the inboxes. A source's key sees its own, an operator's key all.",
    };

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new() { Title = Title, Version = "1", Description = Introduction };
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Key] = Header(ApiKeys.Header, "The source's key; or an operator's, for rejected input and files."),
            [Timestamp] = Header(RequestSignature.TimestampHeader, "When the request was signed, in Unix seconds. Only for sources that sign."),
            [Signature] = Header(
                RequestSignature.Header,
                "v1= and the HMAC-SHA256, in hexadecimal, of timestamp, method, path with query and body, with a line feed after each of the first three. Only for sources that sign."),
        };
        // The names are known only here, where the document is complete.
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations ?? [], (_, operation) => operation.Value).Where(SourceParameter.IsOf))
            operation.Security = [Needs(document, Key), Needs(document, Key, Timestamp, Signature)];
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
            tag.Description = Groups.TryGetValue(tag.Name ?? "", out var about) ? about : tag.Description;
        if (document.Components.Schemas?[nameof(ProblemDetails)] is OpenApiSchema { Properties: { } members })
        {
            members["taken"] = new OpenApiSchemaReference(nameof(BatchAnswer), document) { Description = "Of a batch that was damaged or too large: what became of the part that was read before." };
            members["result"] = new OpenApiSchemaReference(nameof(RepairResult), document) { Description = "Of rejected input that was read again: what came of it, with today's faults." };
        }
        return Task.CompletedTask;
    }

    private static OpenApiSecurityScheme Header(string name, string description) =>
        new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = name, Description = description };

    private static OpenApiSecurityRequirement Needs(OpenApiDocument document, params string[] schemes)
    {
        var requirement = new OpenApiSecurityRequirement();
        foreach (var scheme in schemes)
            requirement[new OpenApiSecuritySchemeReference(scheme, document)] = [];
        return requirement;
    }
}
