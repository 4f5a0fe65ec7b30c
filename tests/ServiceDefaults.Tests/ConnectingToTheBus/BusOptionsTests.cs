using System.ComponentModel.DataAnnotations;
using ServiceDefaults.ConnectingToTheBus;

namespace ServiceDefaults.Tests.ConnectingToTheBus;

public sealed class BusOptionsTests
{
    private const string Emulator = "Endpoint=sb://localhost;SharedAccessKeyName=Root;SharedAccessKey=topsecret;UseDevelopmentEmulator=true";
    private const string Administration = "Endpoint=sb://localhost:5300;SharedAccessKeyName=Root;SharedAccessKey=topsecret;UseDevelopmentEmulator=true";

    [Theory]
    [InlineData("retailer.servicebus.windows.net", null)]
    [InlineData("retailer.servicebus.windows.net", "")]
    [InlineData("Endpoint=sb://retailer.servicebus.windows.net;SharedAccessKeyName=Root;SharedAccessKey=topsecret", null)]
    [InlineData(Emulator, Administration)]
    public void Validate_a_namespace_that_can_be_reached(string connection, string? administration) => Assert.Empty(Problems(connection, administration));

    [Theory]
    [InlineData(null, null, "ConnectionString", "is missing: AzureServiceBus needs a connection string")]
    [InlineData("amqp://broker", null, "ConnectionString", "neither a connection string nor a host name")]
    [InlineData(Emulator, null, "AdministrationConnectionString", "is missing: the emulator's administration listens on another port")]
    [InlineData(Emulator, "localhost:5300", "AdministrationConnectionString", "neither a connection string nor a host name")]
    [InlineData(Emulator, "Endpoint=sb://localhost:5300;SharedAccessKey=topsecret", "AdministrationConnectionString", "is for the emulator only")]
    [InlineData("retailer.servicebus.windows.net", Administration, "AdministrationConnectionString", "is for the emulator only")]
    public void Validate_anything_else_names_the_key_and_nothing_secret(string? connection, string? administration, string key, string says)
    {
        var (named, said) = Assert.Single(Problems(connection, administration));

        Assert.Equal(key, named);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", said, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Key, string Says)> Problems(string? connection, string? administration)
    {
        var options = new BusOptions { Transport = BusTransport.AzureServiceBus, ConnectionString = connection, AdministrationConnectionString = administration };
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), problems, validateAllProperties: true);
        return problems.Select(problem => (problem.MemberNames.Single(), problem.ErrorMessage!));
    }
}
