using Kfm.Gates.Decisions;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Stages;

/// <summary>Writes context.json, lets the policies of the base decide, and writes the documents again from the record with the decision.</summary>
internal sealed class GateStage : PipelineStage
{
    public override string Name => "gate";

    public override Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var graph = OpenLayer.Graph(run.Bundle).At(1);
        var started = run.Now();
        var context = GateContext.Project(graph, Report(run, graph), started);
        run.Bundle.Write(BundleFiles.Context, context);
        foreach (var module in run.Base.Policies.Modules)
        {
            run.Bundle.Write($"{BundleFiles.Policies}/{module.Path}", module.Source);
        }

        var decision = run.Base.Policies.Decide(context, cancellationToken);
        var ended = run.Now();
        var findings = Write(run, graph, decision, started, ended);
        if (findings.Count > 0)
        {
            // The decision is recorded as denied, and the documents say so; what they got wrong stands in the reasons.
            decision = decision.Denied(findings.Select(f => $"consistency: {f.Rule} {f.Document}{f.Pointer}: {f.Message}"));
            Write(run, graph, decision, started, ended);
        }

        var verdict = decision.Verdict.ToString().ToLowerInvariant();
        return Task.FromResult(StageResult.Ok(decision.Verdict == Verdict.Allow ? verdict : $"{verdict}: {string.Join("; ", Why(decision).Take(2))}"));
    }

    private static ProvenanceReport Report(PipelineRun run, EvidenceGraph graph)
    {
        var documents = BundleDocuments.Read(run.Bundle);
        return new ProvenanceReport
        {

            // Of an envelope the payload counts: a signature is random, and two runs under one clock have one context.
            Documents = [.. documents.Select(d => new ProvenanceDocument(d.Key, Digest.Of(d.Value), RootOf(d.Key, d.Value)))],
            Findings = [.. Unsound(graph), .. ConsistencyGate.Check(graph, documents)],
            Signed = documents.Keys.Where(BundleDocuments.IsEnvelope).All(name => IsSigned(run, name)),
        };
    }

    private static IEnumerable<ConsistencyFinding> Unsound(EvidenceGraph graph) => graph.Facts.Of<Tested>()
        .Where(t => t.Name == EvidenceBuilder.SoundCheck)
        .Select(t => new ConsistencyFinding(t.Name, BundleFiles.Evidence, "", t.Detail ?? ""));

    private static bool IsSigned(PipelineRun run, string name)
    {
        var verification = DsseEnvelope.Parse(run.Bundle.Bytes(name)).Verify([run.SigningKey.PublicKey]);
        return verification.IsVerified && verification.PayloadType == Statement.PayloadType;
    }

    private static Digest? RootOf(string name, byte[] document)
    {
        try
        {
            return Projections.All.First(p => p.Name == name).Parse(document).Root;
        }
        catch (KfmException)
        {
            return null;
        }
    }

    /// <summary>Writes decision, record and documents; gives what the documents got wrong.</summary>
    private static IReadOnlyList<ConsistencyFinding> Write(PipelineRun run, EvidenceGraph layer1, Decision decision, DateTimeOffset started, DateTimeOffset ended)
    {
        run.Bundle.Write(BundleFiles.Decision, decision.ToJson());
        var graph = layer1.Extend(GateFacts.Of(run, decision, started, ended));
        run.Bundle.Write(BundleFiles.Evidence, graph.ToJson());
        BundleDocuments.Write(run.Bundle, graph, run.SigningKey);
        SbomAttestation.Write(run.Bundle, graph, run.SigningKey);
        return ConsistencyGate.Check(graph, BundleDocuments.Read(run.Bundle), GateDocuments.Of(run.Bundle));
    }

    /// <summary>The reasons of the verdict, causes before what they kept from running.</summary>
    private static IEnumerable<string> Why(Decision decision)
    {
        string[] starts = decision.Verdict == Verdict.Deny ? ["deny: ", "gate_error", "consistency"] : ["review: "];
        return decision.Reasons
            .Where(r => Array.Exists(starts, start => r.StartsWith(start, StringComparison.Ordinal)))
            .Select(r => r.StartsWith(starts[0], StringComparison.Ordinal) ? r[starts[0].Length..] : r)
            .OrderBy(r => r.Contains("not evaluated", StringComparison.Ordinal));
    }
}
