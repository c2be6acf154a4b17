using System.Diagnostics;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Runs stages one after the other. After one that fails, those of layer 1 are recorded as skipped; the gate still runs, and denies.</summary>
internal sealed class StageSequence(PipelineRun run, RunConsole console)
{
    private readonly List<StageLine> _lines = [];
    private readonly HaltGuard _halts = new(run);

    /// <summary>What was told of each stage.</summary>
    public IReadOnlyList<StageLine> Lines => _lines;

    /// <summary>What a person must do before the stages go on; null when they ran to their end.</summary>
    public string? Awaits { get; private set; }

    /// <summary>Runs the stages.</summary>
    public async Task RunAsync(IEnumerable<PipelineStage> stages, CancellationToken cancellationToken)
    {
        foreach (var stage in stages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            console.Started(stage.Name);
            var (clock, children) = (Stopwatch.GetTimestamp(), run.Processes.Timer.Elapsed);
            var result = stage.Fact is { } fact ? await RecordAsync(stage, fact, cancellationToken) : await stage.RunAsync(run, cancellationToken);
            var wall = Stopwatch.GetElapsedTime(clock);
            var line = new StageLine(stage.Name, result.Word, wall, wall - (run.Processes.Timer.Elapsed - children), result.Detail);
            Tell(line);
            if (result.Awaits is { } awaited)
            {
                Stop(awaited);
                return;
            }
        }
    }

    private void Tell(StageLine line)
    {
        _lines.Add(line);
        console.Finished(line);
    }

    // The record says that no model was asked; there is no head, so there is nothing to build and nothing to decide.
    private void Stop(string awaited)
    {
        Awaits = awaited;
        var (record, now) = (run.Begin(Stage.Agent), run.Now());
        record.End(now, now, RunOutcome.Skipped);
        run.SaveEvidence();
        Tell(new StageLine("agent", "skipped", TimeSpan.Zero, TimeSpan.Zero, "no model is asked before the design is reviewed"));
    }

    private async Task<StageResult> RecordAsync(PipelineStage stage, Stage fact, CancellationToken cancellationToken)
    {
        var record = run.Begin(fact);
        var (started, processor) = (run.Now(), run.Host.ProcessorTime());
        var result = Blocking(fact) is { } earlier
            ? new StageResult(RunOutcome.Skipped, $"{earlier} failed")
            : await AttemptAsync(stage, record, cancellationToken);
        if (result.Outcome != RunOutcome.Skipped)
        {
            TelemetryRecord.End(run, record, processor);
        }

        record.End(started, run.Now(), result.Outcome);
        if (fact == Stage.Patch && run.Trace is null)
        {
            // There is no head: the record is about the base, on which nothing was changed.
            run.SetTrace(run.Base.Commit);
        }

        run.SaveEvidence();
        return result;
    }

    private async Task<StageResult> AttemptAsync(PipelineStage stage, StageRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await _halts.RunAsync(stage, record, cancellationToken);
        }
        catch (KfmException e)
        {
            var detail = run.Redact(e.Message);
            record.Check(stage.FailureCheck, CheckStatus.Error, detail);
            return StageResult.Failed(detail);
        }
    }

    /// <summary>The name of the earlier stage that keeps this one from running, or null.</summary>
    private string? Blocking(Stage stage)
    {
        var facts = new FactQuery(run.Evidence.Facts);
        var proposal = facts.Runs.FirstOrDefault(r => r.Key.Stage < Stage.Build && r.Key.Stage < stage && r.Outcome == RunOutcome.Failed);
        if (proposal is not null)
        {
            return proposal.Key.Stage.ToString().ToLowerInvariant();
        }

        return stage == Stage.Qa && facts.Check("build.succeeded")?.Status is CheckStatus.Failed or CheckStatus.Error ? "build" : null;
    }
}
