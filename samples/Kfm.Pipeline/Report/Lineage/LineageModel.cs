using System.Globalization;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report.Lineage;

/// <summary>The runs of a record with their actors and artifacts, in the order of the stages. More than a few of one role are one box.</summary>
internal sealed class LineageModel
{
    private const int MaximumBoxes = 4;
    private readonly RunView _view;
    private readonly Anchors _anchors;
    private readonly HashSet<Digest> _made;

    private LineageModel(RunView view, Anchors anchors)
    {
        (_view, _anchors) = (view, anchors);
        _made = [.. view.Facts.All<Generated>().Select(g => g.Artifact)];
        Columns = [.. view.Facts.Runs.Select(Column)];
    }

    /// <summary>The runs.</summary>
    public IReadOnlyList<LineageColumn> Columns { get; }

    /// <summary>Reads the record.</summary>
    public static LineageModel Of(RunView view, Anchors anchors) => new(view, anchors);

    private LineageColumn Column(Run run)
    {
        var used = _view.Facts.All<Used>().Where(u => u.Run == run.Key).ToArray();
        var wrote = _view.Facts.All<Generated>().Where(g => g.Run == run.Key).Select(g => g.Artifact).Distinct();
        return new LineageColumn(run, run.Key == _view.Decided.Run ? _view.Verdict : run.Outcome.ToString().ToLowerInvariant())
        {
            Actors = [.. _view.Facts.All<AssociatedWith>().Where(a => a.Run == run.Key).OrderBy(a => a.Actor, StringComparer.Ordinal).ThenBy(a => a.Role, StringComparer.Ordinal).Select(Actor)],
            Materials = Group(used.Select(u => u.Artifact).Distinct().Where(a => !_made.Contains(a)), material: true),
            Earlier = Group(used.Select(u => u.Artifact).Distinct().Where(_made.Contains), material: false),
            Wrote = Group(wrote, material: false),
        };
    }

    private LineageItem Actor(AssociatedWith role) =>
        new(role.Actor, role.Role, _view.Graph.Facts.FindActor(role.Actor) is { } actor ? _anchors.Of(actor) : "actors");

    private List<LineageItem> Group(IEnumerable<Digest> contents, bool material)
    {
        var named = contents.Select(c => Named(c, material)).OrderBy(a => a.Role).ThenBy(a => a.Name, StringComparer.Ordinal).ToArray();
        if (named.Length <= MaximumBoxes)
        {
            return [.. named.Select(One)];
        }

        var groups = named.GroupBy(a => a.Role).Select(g => g.Count() == 1 ? One(g.First()) : Many(Word(g.Key), [.. g])).ToList();
        return groups.Count <= MaximumBoxes ? groups : [.. groups.Take(MaximumBoxes - 1), Many("other", [.. named.Where(a => !groups.Take(MaximumBoxes - 1).Any(g => g.Contents.Contains(a.Digest)))])];
    }

    // Equal bytes are one content under several names; what came from outside is told by its name from there.
    private Artifact Named(Digest content, bool material)
    {
        var names = _view.Graph.Facts.Find(content).OrderBy(a => a.Name, StringComparer.Ordinal).ToArray();
        return Array.Find(names, a => a.Name.StartsWith("repo:", StringComparison.Ordinal) == material) ?? names.FirstOrDefault()
            ?? new Artifact(content, content.ToString(), "application/octet-stream", 0, ArtifactRole.Source);
    }

    private LineageItem One(Artifact artifact) =>
        new(artifact.Name, Word(artifact.Role), _anchors.Of(artifact)) { Contents = [artifact.Digest] };

    private static LineageItem Many(string word, Artifact[] artifacts) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{artifacts.Length} artifacts"), word, Anchors.Artifacts) { Contents = [.. artifacts.Select(a => a.Digest)] };

    private static string Word(ArtifactRole role) => role.ToString().ToLowerInvariant();
}
