using System.Globalization;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Freezes layer 1 of the record, writes the documents that are made from it, and reads each back.</summary>
internal sealed class ProvenanceStage : PipelineStage
{
    public override string Name => "provenance";

    public override Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var trace = run.Trace ?? throw new BundleException("evidence.json has no trace; run propose first.");
        var unsound = run.Evidence.Check(trace);
        var graph = unsound.Count == 0 ? run.Evidence.Freeze(trace) : run.Evidence.FreezeUnsound(trace);
        run.Bundle.Write(BundleFiles.Evidence, graph.ToJson());
        BundleDocuments.Write(run.Bundle, graph, run.SigningKey);
        ConsistencyFinding[] findings = [.. unsound, .. ConsistencyGate.Check(graph, BundleDocuments.Read(run.Bundle))];
        return Task.FromResult(findings.Length == 0
            ? StageResult.Ok(string.Create(CultureInfo.InvariantCulture, $"{graph.Facts.Facts.Count} facts, root {graph.Root.Hex[..12]}"))
            : StageResult.Failed($"{findings[0].Rule} {findings[0].Document}{findings[0].Pointer}: {findings[0].Message}"));
    }
}
