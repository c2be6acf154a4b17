using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.PullRequests;
using Kfm.Gates.Decisions;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Stages;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>Somebody who holds the keys of the pipeline and of the log, and makes every document anew after a change.</summary>
internal sealed class Insider : IDisposable
{
    private readonly DemoRun _demo;
    private readonly RunBundle _bundle;

    public Insider(DemoRun demo, string name)
    {
        _demo = demo;
        Bundle = demo.Copy(name);
        _bundle = RunBundle.Read(Bundle);
        Graph = Forger.Graph(Bundle);
        Signing = LocalSigningKey.Load(demo.Key("signing"));
        Log = LocalSigningKey.Load(demo.Key("log"));
    }

    public string Bundle { get; }

    public EvidenceGraph Graph { get; private set; }

    public LocalSigningKey Signing { get; init; }

    public LocalSigningKey Log { get; init; }

    /// <summary>Changes decision.json and lets the record name the changed one.</summary>
    public void Decide(Action<JsonObject> edit) => Decide(Edit(BundleFiles.Decision, edit), Graph.At(1), Graph.Decision!.Input, Graph.Decision.PolicySet);

    /// <summary>Changes context.json and lets decision and record name the changed one.</summary>
    public void Context(Action<JsonObject> edit)
    {
        var input = Digest.Of(Edit(BundleFiles.Context, edit));
        Decide(Edit(BundleFiles.Decision, d => d["input"] = input.ToString()), Graph.At(1), input, Graph.Decision!.PolicySet);
    }

    /// <summary>Replaces the policies by one module, and makes record, context and decision again as the pipeline would.</summary>
    public void Policies(string source)
    {
        Directory.Delete(Path.Combine(Bundle, BundleFiles.Policies), recursive: true);
        _bundle.Write(BundleFiles.Policies + "/swapped.rego", source);
        var policies = BasePolicies.OfBundle(_bundle);
        var trace = Graph.Trace with { PolicySet = policies.Digest };
        var layer = new EvidenceBuilder().Add(Graph.At(1).Facts.Facts.Where(f => f is not Trace)).Freeze(trace);
        var report = new ProvenanceReport
        {
            Documents = [.. Projections.All.Where(p => p.Applies(layer)).Select(p => new ProvenanceDocument(p.Name, Digest.Of(p.Project(layer)), layer.Root))],
            Signed = true,
        };
        _bundle.Write(BundleFiles.Context, GateContext.Project(layer, report, Graph.Facts.Of<Run>().Single(r => r.Key.Stage == Stage.Gate).Started));
        var decision = policies.Decide(_bundle.Bytes(BundleFiles.Context), CancellationToken.None);
        _bundle.Write(BundleFiles.Decision, decision.ToJson());
        Decide(decision.ToJson(), layer, decision.Input, policies.Digest);
    }

    /// <summary>Writes every document, seals and logs.</summary>
    public void Finish()
    {
        BundleDocuments.Write(_bundle, Graph, Signing);
        _bundle.Write(BundleFiles.Comment, PullRequestComment.Write(RunView.Of(_bundle).PullRequest()));
        FocusFiles.Write(_bundle, RunView.Of(_bundle));
        Forger.Seal(Bundle, Signing, Graph);
        Forger.Log(Bundle, Log, Graph, _demo.NewDirectory());
    }

    public void Dispose()
    {
        Signing.Dispose();
        Log.Dispose();
        _bundle.Dispose();
    }

    private void Decide(byte[] decision, EvidenceGraph layer, Digest input, Digest policies)
    {
        var recorded = Decision.Parse(decision);
        var gate = new RunKey(Stage.Gate);
        var old = Graph.Decision!.Decision;
        var facts = Graph.Layers[1].Facts.Where(f => f is not (Decided or Artifact { Role: ArtifactRole.Policy } or Used) && !IsAbout(f, old)).ToList();
        foreach (var file in DirectoryTree.Files(Path.Combine(Bundle, BundleFiles.Policies)).Select(f => $"{BundleFiles.Policies}/{f}"))
        {
            var bytes = _bundle.Bytes(file);
            facts.Add(new Artifact(Digest.Of(bytes), file, "text/x-rego", bytes.Length, ArtifactRole.Policy));
            facts.Add(new Used(gate, Digest.Of(bytes), "policy"));
        }

        var digest = Digest.Of(decision);
        facts.Add(new Artifact(digest, BundleFiles.Decision, "application/json", decision.Length, ArtifactRole.Report));
        facts.Add(new Generated(gate, digest));
        facts.Add(new Decided(gate, digest, input, policies, recorded.Verdict, recorded.Reasons));
        Graph = layer.Extend(facts);
        _bundle.Write(BundleFiles.Evidence, Graph.ToJson());
    }

    private static bool IsAbout(Fact fact, Digest decision) =>
        fact is Artifact a ? a.Digest == decision : fact is Generated g && g.Artifact == decision;

    private byte[] Edit(string file, Action<JsonObject> edit)
    {
        var root = (JsonObject)JsonNode.Parse(_bundle.Bytes(file))!;
        edit(root);
        byte[] bytes = [.. CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root.ToJsonString())), (byte)'\n'];
        _bundle.Write(file, bytes);
        return bytes;
    }
}
