using System.Globalization;
using Kfm.Agent.PullRequests;
using Kfm.Agent.PullRequests.GitHub;
using Kfm.Agent.Telemetry;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Commands;
using Kfm.Pipeline.GitHub;
using Kfm.Pipeline.Report;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Manifests;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Stages;

/// <summary>Writes what people and machines read of the pull request, seals the bundle and appends to the ledger.</summary>
internal sealed class PullRequestStage : PipelineStage
{
    public override string Name => "pr";

    public override async Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var (bundle, view) = (run.Bundle, RunView.Of(run.Bundle));
        var facts = view.PullRequest();
        bundle.Write(BundleFiles.Comment, PullRequestComment.Write(facts));
        bundle.Write(BundleFiles.Body, PullRequestBody.Write(facts));
        FocusFiles.Write(bundle, view);
        bundle.Write(BundleFiles.Telemetry, TelemetryDocument.Write(view.Graph));
        bundle.Write(BundleFiles.Report, ReportPage.Write(view));
        bundle.Write(BundleFiles.Sums, Sha256Sums.OfDirectory(bundle.Root, path => !BundleFiles.IsOutsideSums(path)).ToBytes());
        var statement = new SealStatement(
            Provenance.Digests.Digest.Of(bundle.Bytes(BundleFiles.Sums)), view.Graph.TraceId, view.Graph.Root, view.Decided.Decision, run.SigningKey.KeyId);
        bundle.Write(BundleFiles.Seal, DsseEnvelope.Sign(SealStatement.PayloadType, statement.ToUtf8(), run.SigningKey).ToJson());
        var entry = LedgerRecord.Append(run, view);
        var result = StageResult.Ok(string.Create(CultureInfo.InvariantCulture, $"sealed, entry {entry} of the ledger"));
        if (run.GitHub is not null && view.Graph.Trace.PullRequest is null)
        {
            return result with { Detail = result.Detail + "; no draft was opened, so GitHub is told nothing" };
        }

        return run.GitHub is { } session ? await TellAsync(run, view, session, result, cancellationToken) : result;
    }

    // The bundle is sealed and logged whatever GitHub says.
    private static async Task<StageResult> TellAsync(PipelineRun run, RunView view, GitHubSession session, StageResult made, CancellationToken cancellationToken)
    {
        try
        {
            var trust = OwnTrust.OfRun(run, view.Graph.Trace.Repository);
            var outcome = await new GitHubUpdate(session, run.Bundle, BundleVerifier.Verify(run.Bundle, trust), trust.People).RunAsync(cancellationToken);
            run.PullRequestCode = outcome.ExitCode;
            return new StageResult(outcome.IsStale ? RunOutcome.Failed : made.Outcome, run.Redact($"{made.Detail}; {outcome}"));
        }
        catch (GitHubException e)
        {
            run.PullRequestCode = ExitCode.Error;
            return StageResult.Failed(run.Redact($"{made.Detail}, but {e.Message}"));
        }
    }
}
