namespace Kfm.Pipeline.Tests;

/// <summary>The tests that look at one demo.</summary>
[CollectionDefinition(nameof(DemoRuns))]
public sealed class DemoRuns : ICollectionFixture<DemoFixture>;
