using System.Data.Common;

namespace ServiceDefaults.ConnectingToAzureServiceBus;

/// <summary>What <c>Bus:ConnectionString</c> says about a Service Bus namespace: where it is, and how one is let in.</summary>
/// <param name="Host">The namespace's host name, such as <c>retailer.servicebus.windows.net</c>.</param>
/// <param name="ConnectionString">Null where the process's managed identity is used.</param>
/// <param name="IsEmulator">Microsoft's emulator, which has lower limits than the service.</param>
public sealed record AzureServiceBusAddress(string Host, string? ConnectionString, bool IsEmulator)
{
    private const string Endpoint = "Endpoint", Emulator = "UseDevelopmentEmulator";

    /// <summary>Address of the namespace as MassTransit wants it.</summary>
    public Uri Uri => new($"sb://{Host}");

    /// <summary>Reads a host name or a connection string. The problem never repeats what was written: there is a key in it.</summary>
    /// <param name="text">What is configured.</param>
    /// <param name="problem">What is wrong with it, to be put behind the key's name; null when nothing is.</param>
    /// <returns>Null where there is a problem.</returns>
    public static AzureServiceBusAddress? Read(string? text, out string? problem)
    {
        problem = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            problem = "is missing: AzureServiceBus needs a connection string, or the namespace's host name for managed identity";
            return null;
        }
        return text.Contains('=', StringComparison.Ordinal) ? OfConnectionString(text, out problem) : OfHostName(text, out problem);
    }

    // Without keys in it a connection string says no more than a host name; MassTransit takes it so as well.
    private static AzureServiceBusAddress? OfHostName(string text, out string? problem)
    {
        problem = null;
        if (Uri.CheckHostName(text) == UriHostNameType.Dns && text.Contains('.', StringComparison.Ordinal))
            return new(text, null, false);
        problem = "is neither a connection string nor a host name such as retailer.servicebus.windows.net (without sb://)";
        return null;
    }

    private static AzureServiceBusAddress? OfConnectionString(string text, out string? problem)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            problem = "is not a list of key=value; pairs";
            return null;
        }
        if (!Uri.TryCreate(Part(Endpoint), UriKind.Absolute, out var endpoint) || endpoint.Scheme != "sb")
        {
            problem = "has no Endpoint=sb://...";
            return null;
        }
        if (Part("EntityPath") is not null)
        {
            problem = "is of one queue or topic (EntityPath); the namespace's own is needed, with the right to manage";
            return null;
        }
        problem = null;
        var keyed = Part("SharedAccessKey") is not null || Part("SharedAccessSignature") is not null;
        return new(endpoint.Host, keyed ? text : null, bool.TryParse(Part(Emulator), out var emulator) && emulator);

        string? Part(string name) => parts.TryGetValue(name, out var value) ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
