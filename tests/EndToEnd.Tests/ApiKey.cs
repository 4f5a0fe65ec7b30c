using System.Security.Cryptography;
using System.Text;
using RunningSystem;

namespace EndToEnd.Tests;

/// <summary>The key these tests guard the services' own routes with.</summary>
internal static class ApiKey
{
    public const string Header = "X-Api-Key", Value = "key-of-the-end-to-end-tests";

    /// <summary>Every service asks for the key, and OrderIngest shows it where it asks a service.</summary>
    public static IReadOnlyList<(string Service, string Key, string Value)> Settings { get; } =
    [
        ("", "Access__ApiKeyHashes__0", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Value)))),
        ("OrderIngest", "OrderIngest__Journeys__ApiKey", Value),
    ];

    /// <summary>Lets the test's own calls show it; not at OrderIngest, whose keys are its sources' own.</summary>
    public static void ShowBy(InStoreSystem system)
    {
        foreach (var service in system.All.Where(service => service != system.OrderIngest))
            service.Http.DefaultRequestHeaders.Add(Header, Value);
    }
}
