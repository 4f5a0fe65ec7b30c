using Benchmarks.Reporting;

namespace Benchmarks;

/// <summary>One question that the benchmark answers.</summary>
internal interface IPart
{
    /// <summary>As asked for on the command line.</summary>
    string Name { get; }

    /// <summary>Measures and reports. Looks at the token between steps, so that what it has made is always taken away again.</summary>
    Task Measure(Scale scale, Report report, CancellationToken cancellationToken);
}
