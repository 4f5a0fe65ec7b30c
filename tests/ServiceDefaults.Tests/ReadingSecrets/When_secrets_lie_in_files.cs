using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Tests.ReadingSecrets;

public sealed class When_secrets_lie_in_files : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("secrets-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_counts_more_than_what_is_set_otherwise()
    {
        Write("Bus__ConnectionString", "amqp://from-a-file\n");

        var configuration = Host(new() { ["Bus:ConnectionString"] = "amqp://from-the-environment", ["Bus:Transport"] = "RabbitMq" });

        Assert.Equal("amqp://from-a-file", configuration["Bus:ConnectionString"]);
        Assert.Equal("RabbitMq", configuration["Bus:Transport"]);
    }

    [Fact]
    public void Names_with_hyphens_and_numbers_are_keys_too()
    {
        Write("OrderIngest__Sources__sample-pos__ApiKeys__0__Hash", "00");

        Assert.Equal("00", Host([])["OrderIngest:Sources:sample-pos:ApiKeys:0:Hash"]);
    }

    /// <summary>Kubernetes' way to change all files at once: links to links into a hidden directory.</summary>
    [Fact]
    public void A_directory_as_Kubernetes_makes_it_is_read_once()
    {
        var version = _folder.CreateSubdirectory("..2026_11_23");
        File.WriteAllText(Path.Combine(version.FullName, "Odp__ApiKey"), "the key");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "..data"), "..2026_11_23");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "Odp__ApiKey"), "..data/Odp__ApiKey");
        _folder.CreateSubdirectory("kubernetes.io");

        var configuration = Host([]);

        Assert.Equal("the key", configuration["Odp:ApiKey"]);
        Assert.DoesNotContain(configuration.AsEnumerable(), key => key.Key.Contains("..", StringComparison.Ordinal));
    }

    [Fact]
    public void A_directory_that_was_named_must_be_there()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => A.Host(new() { ["Secrets:Directory"] = "/nowhere/at/all" }));

        Assert.Equal(["Secrets:Directory: there is no directory /nowhere/at/all"], refusal.Failures);
    }

    [Fact]
    public void An_empty_name_reads_none() => Assert.Null(A.Host(new() { ["Secrets:Directory"] = "" }).Configuration["Bus:ConnectionString"]);

    private void Write(string name, string value) => File.WriteAllText(Path.Combine(_folder.FullName, name), value);

    private ConfigurationManager Host(Dictionary<string, string?> settings)
    {
        settings["Secrets:Directory"] = _folder.FullName;
        return A.Host(settings).Configuration;
    }
}
