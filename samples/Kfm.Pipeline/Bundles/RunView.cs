using Kfm.Agent.Intents;
using Kfm.Agent.PullRequests;
using Kfm.Agent.PullRequests.Focus;
using Kfm.Gates.Decisions;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Sbom;

namespace Kfm.Pipeline.Bundles;

/// <summary>What the documents for people are written from: the record, the decision and the files beside them.</summary>
internal sealed class RunView
{
    private readonly StructuredIntent _intent;

    private RunView(RunBundle bundle, EvidenceGraph graph)
    {
        Bundle = bundle;
        Graph = graph;
        Facts = new FactQuery(graph.Facts.Facts.ToArray());
        Decision = Decision.Parse(bundle.Bytes(BundleFiles.Decision));
        _intent = IntentFile.Parse(bundle.Bytes(BundleFiles.Intent));
    }

    /// <summary>The bundle.</summary>
    public RunBundle Bundle { get; }

    /// <summary>The record with both layers.</summary>
    public EvidenceGraph Graph { get; }

    /// <summary>The facts of both layers.</summary>
    public FactQuery Facts { get; }

    /// <summary>decision.json.</summary>
    public Decision Decision { get; }

    /// <summary>What the record says that the gate decided.</summary>
    public Decided Decided => Graph.Decision ?? throw new BundleException("The gate has not decided yet; run the gate stage first.");

    /// <summary>The verdict in lower case.</summary>
    public string Verdict => Decided.Verdict.ToString().ToLowerInvariant();

    /// <summary>The gates with their results, in order of their names.</summary>
    public IEnumerable<(string Name, string Result)> Gates =>
        Decision.Gates.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Value ? "pass" : "fail"));

    /// <summary>The roles that must approve; none where the gate denied, because no approval changes that.</summary>
    public IReadOnlyList<string> RequiredApprovals => Decision.Verdict == Provenance.Evidence.Verdict.Review ? Decision.RequiredApprovals : [];

    /// <summary>Why a stewardship review is needed; empty when none is.</summary>
    public IReadOnlyList<string> Stewardship => Decision.Verdict == Provenance.Evidence.Verdict.Review ? Decision.Stewardship : [];

    /// <summary>The owners of the changed paths, as the base names them.</summary>
    public IReadOnlyList<string> Owners => Facts.Labels("patch.owner");

    /// <summary>The patch, or null when none was kept.</summary>
    public string? Patch => Bundle.Has(BundleFiles.Patch) ? Bundle.Text(BundleFiles.Patch) : null;

    /// <summary>The title of the intent.</summary>
    public string Title => _intent.Title;

    /// <summary>The design document, or null.</summary>
    public string? Design => Bundle.Has(BundleFiles.Design) ? Bundle.Text(BundleFiles.Design) : null;

    /// <summary>The bill of materials, or null.</summary>
    public CycloneDxBom? Sbom => Bundle.Has(BundleFiles.Sbom) ? CycloneDxBom.Parse(Bundle.Bytes(BundleFiles.Sbom)) : null;

    /// <summary>Reads the bundle after the gate.</summary>
    public static RunView Of(RunBundle bundle) => new(bundle, EvidenceGraph.Parse(bundle.Bytes(BundleFiles.Evidence)));

    /// <summary>The same for a summary that states only what stands in the record.</summary>
    /// <param name="approvals">The approvals that count, or null where nobody has counted.</param>
    public FocusRecord Focus(IReadOnlyList<FocusApproval>? approvals = null) => FocusRecord.Of(Graph, Decision, Bundle.Bytes(BundleFiles.Intent), approvals);

    /// <summary>The same for the texts of the pull request.</summary>
    public PullRequestFacts PullRequest() => new(Graph, Title) { RequiredApprovals = RequiredApprovals, Stewardship = Stewardship, Owners = Owners };
}
