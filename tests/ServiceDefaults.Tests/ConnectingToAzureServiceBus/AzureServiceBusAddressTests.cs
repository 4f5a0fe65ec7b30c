using ServiceDefaults.ConnectingToAzureServiceBus;

namespace ServiceDefaults.Tests.ConnectingToAzureServiceBus;

public sealed class AzureServiceBusAddressTests
{
    private const string Keyed = "Endpoint=sb://retailer.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=c2VjcmV0";
    private const string Emulator = "Endpoint=sb://localhost:5672;SharedAccessKeyName=Root;SharedAccessKey=c2VjcmV0;UseDevelopmentEmulator=true";

    [Fact]
    public void Read_a_connection_string_with_a_key_keeps_it_whole() => Assert.Equal(new("retailer.servicebus.windows.net", Keyed, false), Read(Keyed));

    [Fact]
    public void Read_a_host_name_means_managed_identity() => Assert.Equal(new("retailer.servicebus.windows.net", null, false), Read("retailer.servicebus.windows.net"));

    [Fact]
    public void Read_a_connection_string_without_a_key_means_managed_identity() =>
        Assert.Equal(new("retailer.servicebus.windows.net", null, false), Read("Endpoint=sb://retailer.servicebus.windows.net/"));

    [Fact]
    public void Read_the_emulators_connection_string_knows_it() => Assert.Equal(new("localhost", Emulator, true), Read(Emulator));

    [Fact]
    public void Uri_is_the_namespaces_address() => Assert.Equal(new("sb://retailer.servicebus.windows.net"), Read(Keyed)!.Uri);

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData(" ", "is missing")]
    [InlineData("sb://retailer.servicebus.windows.net", "without sb://")]
    [InlineData("retailer", "nor a host name")]
    [InlineData("topsecret=;=", "is not a list of key=value")]
    [InlineData("SharedAccessKey=topsecret", "has no Endpoint=sb://")]
    [InlineData("Endpoint=https://retailer.servicebus.windows.net;SharedAccessKey=topsecret", "has no Endpoint=sb://")]
    [InlineData("Endpoint=sb://retailer.servicebus.windows.net;SharedAccessKey=topsecret;EntityPath=orders", "EntityPath")]
    public void Read_anything_else_says_what_is_wrong_and_nothing_secret(string? text, string says)
    {
        Assert.Null(AzureServiceBusAddress.Read(text, out var problem));

        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", problem, StringComparison.Ordinal);
    }

    private static AzureServiceBusAddress? Read(string text)
    {
        var address = AzureServiceBusAddress.Read(text, out var problem);
        Assert.Null(problem);
        return address;
    }
}
