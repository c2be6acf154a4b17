using Kfm.Ledger.Lineage;

namespace Kfm.Ledger.Tests.Lineage;

public sealed class StoredLineageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Store_and_memory_give_the_same_answers(int seed)
    {
        using var fixture = new LogFixture();
        using var log = fixture.Open();
        log.Append(LineageStory.Random(seed, 300).Entries);
        var (stored, loaded) = (new LineageQuery(log), new LineageQuery(LineageGraph.Load(log)));
        for (var index = 0; index < 300; index += 7)
        {
            foreach (var direction in Enum.GetValues<LineageDirection>())
            {
                var reach = new LineageReach { Depth = 6, AsOf = 299 };
                var (one, other) = (stored.Walk(index, direction, reach), loaded.Walk(index, direction, reach));
                Assert.Equal(other.Nodes, one.Nodes);
                Assert.Equal(other.Edges, one.Edges);
                Assert.Equal(other.IsComplete, one.IsComplete);
            }
        }
    }

    [Fact]
    public void Graph_catches_up_with_what_was_appended_since()
    {
        using var fixture = new LogFixture();
        using var log = fixture.Open();
        var story = LineageStory.Random(4, 60);
        log.Append(story.Entries[..20]);
        var graph = LineageGraph.Load(log);
        log.Append(story.Entries[20..]);
        graph.CatchUp(log);
        Assert.Equal(new LineageQuery(log).Impact(0).Nodes, new LineageQuery(graph).Impact(0).Nodes);
    }
}
