namespace ProfileStoreSender.Tests.UnderLoad;

/// <summary>For the tests that keep the machine busy, or measure: nothing runs beside them.</summary>
[CollectionDefinition(nameof(NothingBeside), DisableParallelization = true)]
public sealed class NothingBeside;
