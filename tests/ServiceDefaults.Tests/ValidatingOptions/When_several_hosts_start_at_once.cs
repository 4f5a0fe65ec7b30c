using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.ValidatingOptions;

namespace ServiceDefaults.Tests.ValidatingOptions;

/// <summary>As in Quickstart and in tests: one process, and the same options checked for the first time by all of them.</summary>
public sealed class When_several_hosts_start_at_once
{
    private const int Hosts = 8, Types = 60;

    [Fact]
    public void Each_gets_its_options() => Check<int>(Types);

    // What may go wrong goes wrong at the first use of a type's attributes: each round has a type of its own.
    private static void Check<T>(int left)
    {
        using var start = new Barrier(Hosts);
        var threads = Enumerable.Range(0, Hosts).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
                builder.AddValidatedOptions<Timed<T>>("Timed");
                using var services = builder.Services.BuildServiceProvider();
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return services.GetRequiredService<IOptions<Timed<T>>>().Value.Every;
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(threads, TestContext.Current.CancellationToken);
        Assert.All(threads, thread => Assert.Equal(TimeSpan.FromSeconds(5), thread.Result));
        if (left > 0)
            Check<Timed<T>>(left - 1);
    }

    private sealed class Timed<T>
    {
        [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
        public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(5);
    }
}
