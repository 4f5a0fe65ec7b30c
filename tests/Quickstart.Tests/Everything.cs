namespace Quickstart.Tests;

/// <summary>One whole system at a time: settings travel through the environment, and MassTransit keeps its logger in a static.</summary>
[CollectionDefinition(nameof(When_an_order_is_posted), DisableParallelization = true)]
public sealed class Everything;
