using System.Globalization;
using System.Text.Json.Nodes;
using OrderIngest.DescribingRoutes;

namespace OrderIngest.Tests.DescribingRoutes;

/// <summary>Looks at every answer that any test of this project gets: its status, its content type and its problem's code must be in the OpenAPI document.</summary>
internal sealed class DocumentedAnswers(IServiceProvider services) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var route = (await DescribedRoutes.Of(services)).Answering(request.Method, request.RequestUri!.AbsolutePath);
        if (route is null)
            return response;
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (route.Responses[status] is not { } described)
            throw new InvalidOperationException($"{route.Id} answered {status}, which the document does not know: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is not null && described["content"]?[type] is null)
            throw new InvalidOperationException($"{route.Id} answered {status} as {type}, which the document does not know");
        if (type == "application/problem+json")
            await SeeCode(route, response, cancellationToken);
        return response;
    }

    private static async Task SeeCode(DescribedRoute route, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var code = (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!["code"];
        if (!KnownProblems.All.Any(problem => problem.Code == code && problem.Status == (int)response.StatusCode))
            throw new InvalidOperationException($"{route.Id} answered {(int)response.StatusCode} with the code '{code}', which the document does not know");
    }
}
