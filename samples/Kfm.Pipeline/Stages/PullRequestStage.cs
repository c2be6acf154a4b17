using System.Globalization;
using Kfm.Agent.PullRequests;
using Kfm.Agent.Telemetry;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Report;
using Kfm.Provenance.Manifests;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Stages;

/// <summary>Writes what people and machines read of the pull request, seals the bundle and appends to the ledger.</summary>
internal sealed class PullRequestStage : PipelineStage
{
    public override string Name => "pr";

    public override Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var (bundle, view) = (run.Bundle, RunView.Of(run.Bundle));
        var facts = view.PullRequest();
        bundle.Write(BundleFiles.Comment, PullRequestComment.Write(facts));
        bundle.Write(BundleFiles.Body, PullRequestBody.Write(facts));
        bundle.Write(BundleFiles.Telemetry, TelemetryDocument.Write(view.Graph));
        bundle.Write(BundleFiles.Report, ReportPage.Write(view));
        bundle.Write(BundleFiles.Sums, Sha256Sums.OfDirectory(bundle.Root, path => !BundleFiles.IsOutsideSums(path)).ToBytes());
        var statement = new SealStatement(
            Provenance.Digests.Digest.Of(bundle.Bytes(BundleFiles.Sums)), view.Graph.TraceId, view.Graph.Root, view.Decided.Decision, run.SigningKey.KeyId);
        bundle.Write(BundleFiles.Seal, DsseEnvelope.Sign(SealStatement.PayloadType, statement.ToUtf8(), run.SigningKey).ToJson());
        var entry = LedgerRecord.Append(run, view);
        return Task.FromResult(StageResult.Ok(string.Create(CultureInfo.InvariantCulture, $"sealed, entry {entry} of the ledger")));
    }
}
