using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests;

/// <summary>What the texts of a pull request are written from: the record with its decision, and what the decision asks for.</summary>
/// <param name="Graph">The record with both layers.</param>
/// <param name="Title">The first line of the intent.</param>
public sealed record PullRequestFacts(EvidenceGraph Graph, string Title)
{
    private const string Manifest = "manifest.json";
    private const string Sbom = "sbom/bom.cdx.json";

    /// <summary>The roles that must approve, sorted.</summary>
    public IReadOnlyList<string> RequiredApprovals { get; init; } = [];

    /// <summary>Why a stewardship review is needed, sorted; empty when none is.</summary>
    public IReadOnlyList<string> Stewardship { get; init; } = [];

    /// <summary>The owners of the changed paths, as the base names them; empty when it names none.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>What the gate decided.</summary>
    /// <exception cref="InvalidOperationException">The record has no decision.</exception>
    public Decided Decided => Graph.Decision ?? throw new InvalidOperationException("A pull request is written after the gate has decided.");

    /// <summary>The digest of manifest.json, or null when nothing was built.</summary>
    public Digest? ManifestDigest => Named(Manifest)?.Digest;

    /// <summary>Whether there is a bill of materials.</summary>
    public bool HasSbom => Named(Sbom) is not null;

    /// <summary>Whether the tests passed; null when none ran.</summary>
    public bool? TestsPassed => Check("tests")?.Status switch
    {
        CheckStatus.Passed => true,
        CheckStatus.Failed or CheckStatus.Error => false,
        _ => null,
    };

    /// <summary>The share of covered lines, 0 to 1; null when it was not measured.</summary>
    public double? Coverage => Measure("coverage.lines");

    /// <summary>The first check of a name, or null.</summary>
    /// <param name="name">The name.</param>
    public Tested? Check(string name) => Graph.Facts.Of<Tested>().FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.Ordinal));

    /// <summary>The first measure of a name, or null.</summary>
    /// <param name="name">The name.</param>
    public double? Measure(string name) => Graph.Facts.Of<Measured>().FirstOrDefault(m => string.Equals(m.Metric, name, StringComparison.Ordinal))?.Value;

    /// <summary>The values of a label, sorted.</summary>
    /// <param name="name">The name.</param>
    public IReadOnlyList<string> Labels(string name) =>
        [.. Graph.Facts.Of<Labelled>().Where(l => string.Equals(l.Name, name, StringComparison.Ordinal)).Select(l => l.Value).Order(StringComparer.Ordinal)];

    private Artifact? Named(string name) => Graph.Facts.Artifacts.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.Ordinal));
}
