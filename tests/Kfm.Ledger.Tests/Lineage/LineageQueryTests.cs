using FsCheck;
using FsCheck.Fluent;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Lineage;

namespace Kfm.Ledger.Tests.Lineage;

public sealed class LineageQueryTests
{
    private readonly LineageStory _story = new LineageStory()
        .Change("A", 1)
        .Change("B", 2)
        .Add(LedgerEntryKind.Deployment, "deploymentB", ["approvalB", "decisionB"], 2)
        .Add(LedgerEntryKind.Deployment, "deploymentA", ["approvalA", "decisionA"], 1)
        .Add(LedgerEntryKind.Incident, "incident", ["deploymentB"], 0)
        .Add(LedgerEntryKind.Rollback, "rollback", ["deploymentB", "incident"], 2);

    private readonly LineageQuery _query;

    public LineageQueryTests() => _query = new LineageQuery(_story.Graph());

    [Fact]
    public void Incident_is_caused_by_one_intent_although_test_results_are_equal()
    {
        var path = Assert.Single(_query.Causes(_story["incident"]));
        Assert.Equal(["intentB", "patchB", "qaB", "decisionB", "deploymentB", "incident"], _story.Names(path.Nodes));
    }

    [Fact]
    public void Intent_touches_everything_downstream_of_it_and_nothing_else()
    {
        var impact = _query.Impact(_story["intentB"]);
        Assert.Equal(
            ["approvalB", "buildB", "decisionB", "deploymentB", "designB", "incident", "intentB", "patchB", "qaB", "rollback"],
            _story.Names(impact.Nodes).Order(StringComparer.Ordinal));
        Assert.True(impact.IsComplete);
        Assert.Equal(13, impact.Edges.Count);
    }

    [Fact]
    public void Depth_limits_a_walk_and_the_answer_says_so()
    {
        var view = _query.Walk(_story["incident"], LineageDirection.Upstream, new LineageReach { Depth = 2 });
        Assert.Equal(["incident", "deploymentB", "decisionB", "approvalB"], _story.Names(view.Nodes));
        Assert.Equal([0, 1, 2, 2], view.Nodes.Select(n => n.Depth));
        Assert.False(view.IsComplete);
    }

    [Fact]
    public void Number_of_nodes_limits_a_walk_and_the_answer_says_so()
    {
        var view = _query.Impact(_story["intentA"], new LineageReach { MaxNodes = 3 });
        Assert.Equal(3, view.Nodes.Count);
        Assert.False(view.IsComplete);
    }

    [Fact]
    public void Earlier_state_of_the_log_knows_no_later_entry()
    {
        var before = new LineageReach { AsOf = _story["deploymentB"] };
        Assert.DoesNotContain("deploymentB", _story.Names(_query.Impact(_story["intentB"], before).Nodes));
        Assert.Equal(_story["deploymentB"], _query.Impact(_story["intentB"], before).Size);
        Assert.Throws<ArgumentOutOfRangeException>(() => _query.Causes(_story["incident"], before));
    }

    [Fact]
    public void Path_between_two_entries_is_found_in_either_order()
    {
        var path = _query.Path(_story["rollback"], _story["patchB"]);
        Assert.Equal(["patchB", "qaB", "decisionB", "deploymentB", "rollback"], _story.Names(path!.Nodes));
        Assert.Equal(path.Nodes.Select(n => n.Index), _query.Path(_story["patchB"], _story["rollback"])!.Nodes.Select(n => n.Index));
        Assert.Null(_query.Path(_story["intentA"], _story["incident"]));
    }

    [Fact]
    public void Link_to_what_the_log_does_not_hold_is_no_edge()
    {
        var story = new LineageStory().Add(LedgerEntryKind.Patch, "patch", ["intent", "model", "prompt"]);
        Assert.Empty(new LineageQuery(story.Graph()).Walk(0, LineageDirection.Upstream).Edges);
    }

    [Fact]
    public void Link_leads_to_the_newest_entry_where_no_trace_decides()
    {
        var story = new LineageStory()
            .Add(LedgerEntryKind.Decision, "one", [], 1, "same")
            .Add(LedgerEntryKind.Decision, "two", [], 2, "same")
            .Add(LedgerEntryKind.Seal, "seal", [], 3, "same")
            .Add(LedgerEntryKind.Incident, "incident", ["one"], 0);
        var edge = Assert.Single(new LineageQuery(story.Graph()).Walk(3, LineageDirection.Upstream).Edges);
        Assert.Equal(story["two"], edge.Cause);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(18)]
    public void Question_about_no_entry_is_misuse(long index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _query.Walk(index, LineageDirection.Upstream));

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1001, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, -1)]
    public void Reach_beyond_its_limits_is_misuse(int depth, int nodes, long asOf) => Assert.Throws<ArgumentException>(() =>
        _query.Walk(0, LineageDirection.Upstream, new LineageReach { Depth = depth, MaxNodes = nodes, AsOf = asOf }));

    [Fact]
    public void Upstream_and_downstream_are_each_others_inverse() => Prop.ForAll<byte[]>(links =>
    {
        var story = Random(links);
        var query = new LineageQuery(story.Graph());
        return story.Entries.Count == 0 || Enumerable.Range(0, story.Entries.Count).All(effect =>
            query.Walk(effect, LineageDirection.Upstream).Nodes.All(cause =>
                query.Impact(cause.Index).Nodes.Any(n => n.Index == effect && n.Depth == cause.Depth)
                && query.Path(cause.Index, effect)!.Nodes.Count == cause.Depth + 1));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Answer_as_of_a_size_is_the_answer_of_the_log_of_that_size() => Prop.ForAll<byte[]>(links =>
    {
        var story = Random(links);
        var whole = new LineageQuery(story.Graph());
        var prefix = new LineageStory();
        for (var size = 1; size <= story.Entries.Count; size++)
        {
            prefix.Entries.Add(story.Entries[size - 1]);
            var (then, now) = (new LineageQuery(prefix.Graph()).Impact(0), whole.Impact(0, new LineageReach { AsOf = size }));
            if (!then.Nodes.SequenceEqual(now.Nodes) || !then.Edges.SequenceEqual(now.Edges) || then.Size != now.Size)
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    private static LineageStory Random(byte[] links)
    {
        var story = new LineageStory();
        foreach (var link in links)
        {
            var name = story.Entries.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            string[] causes = story.Entries.Count == 0 ? [] : [$"{link % story.Entries.Count}", $"{link / 7 % story.Entries.Count}"];
            story.Add((LedgerEntryKind)(link % 11), name, causes, link % 3);
        }

        return story;
    }
}
