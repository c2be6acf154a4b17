using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.PullRequests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Bundles;

/// <summary>What the documents for people are written from: the record, the decision and the files beside them.</summary>
internal sealed class RunView
{
    private RunView(RunBundle bundle, EvidenceGraph graph)
    {
        Bundle = bundle;
        Graph = graph;
        Facts = new FactQuery(graph.Facts.Facts.ToArray());
        Decision = (JsonObject)JsonNode.Parse(bundle.Bytes(BundleFiles.Decision))!;
        Intent = (JsonObject)JsonNode.Parse(bundle.Bytes(BundleFiles.Intent))!;
    }

    /// <summary>The bundle.</summary>
    public RunBundle Bundle { get; }

    /// <summary>The record with both layers.</summary>
    public EvidenceGraph Graph { get; }

    /// <summary>The facts of both layers.</summary>
    public FactQuery Facts { get; }

    /// <summary>decision.json.</summary>
    public JsonObject Decision { get; }

    /// <summary>intent.json.</summary>
    public JsonObject Intent { get; }

    /// <summary>What the gate decided.</summary>
    public Decided Decided => Graph.Decision ?? throw new InvalidOperationException("The gate has not decided yet.");

    /// <summary>The verdict in lower case.</summary>
    public string Verdict => Decided.Verdict.ToString().ToLowerInvariant();

    /// <summary>The gates with their results, in order of their names.</summary>
    public IEnumerable<(string Name, string Result)> Gates => Decision["gates"] is JsonObject gates
        ? gates.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Value?.ToString() ?? ""))
        : [];

    /// <summary>The roles that must approve.</summary>
    public IReadOnlyList<string> RequiredApprovals => Texts("required_approvals");

    /// <summary>Why a stewardship review is needed; empty when none is.</summary>
    public IReadOnlyList<string> Stewardship => Texts("stewardship");

    /// <summary>The patch, or null when none was kept.</summary>
    public string? Patch => Bundle.Has(BundleFiles.Patch) ? Bundle.Text(BundleFiles.Patch) : null;

    /// <summary>The first line of the intent.</summary>
    public string Title
    {
        get
        {
            var text = (Intent["title"] ?? Intent["text"])?.ToString() ?? "";
            var line = text.Split('\n', 2)[0].Trim();
            return line.Length > 120 ? line[..117] + "..." : line;
        }
    }

    /// <summary>The components of the SBOM, or none when there is no SBOM.</summary>
    public IReadOnlyList<JsonObject> Components => Bundle.Has(BundleFiles.Sbom)
        && JsonNode.Parse(Bundle.Bytes(BundleFiles.Sbom))?["components"] is JsonArray components
        ? [.. components.OfType<JsonObject>()]
        : [];

    /// <summary>Reads the bundle after the gate.</summary>
    public static RunView Of(RunBundle bundle) => new(bundle, EvidenceGraph.Parse(bundle.Bytes(BundleFiles.Evidence)));

    /// <summary>The same for the texts of the pull request.</summary>
    public PullRequestFacts PullRequest() => new(Graph, Title) { RequiredApprovals = RequiredApprovals, Stewardship = Stewardship };

    /// <summary>The design document, or null.</summary>
    public string? Design => Bundle.Has(BundleFiles.Design) ? Encoding.UTF8.GetString(Bundle.Bytes(BundleFiles.Design)) : null;

    private string[] Texts(string name) => Decision[name] is JsonArray array ? [.. array.Select(n => n?.ToString() ?? "")] : [];
}
