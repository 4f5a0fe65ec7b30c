namespace LoyaltyProviderStandIn;

/// <summary>How a provider tells its callers apart, and the form its refusals have.</summary>
internal interface IManners
{
    /// <summary>In faults and in the list of requests: <c>customers</c>, <c>antavo</c> and so on.</summary>
    string Name { get; }

    /// <summary>True when the request proves who sent it.</summary>
    bool Knows(HttpRequest request);

    /// <summary>The answer with an error status, as this provider words it; headers go into the response.</summary>
    IResult Refuse(HttpResponse response, int status);
}
