namespace Kfm.Pipeline.Tests;

/// <summary>The tests that look at the bundles of one demo. They run one after the other and share it.</summary>
[CollectionDefinition(Name)]
public sealed class SharedDemo : ICollectionFixture<DemoRun>
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "demo";
}
