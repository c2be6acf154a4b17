using Kfm.Agent.Autonomy;
using Kfm.Agent.Patches;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Keeps agents from work while they are halted: before they are asked, and once it is known what they would change. People's own work goes on.</summary>
internal sealed class HaltGuard(PipelineRun run)
{
    private const string Check = "autonomy.halt";
    private const string Label = "autonomy.halted";
    private HaltState? _state;
    private string? _fault;

    /// <summary>Runs a stage where no halt is against it.</summary>
    public async Task<StageResult> RunAsync(PipelineStage stage, StageRecord record, CancellationToken cancellationToken)
    {
        var asks = stage.Fact == Stage.Agent && run.Options.AsksAgent;
        if (asks && Refuse(record, []) is { } refused)
        {
            return refused;
        }

        var result = await stage.RunAsync(run, cancellationToken);
        if (asks)
        {
            if (result.Outcome == RunOutcome.Succeeded && Refuse(record, Changed()) is { } late)
            {
                return late;
            }

            record.Check(Check, CheckStatus.Passed);
        }
        else if (stage.Fact == Stage.Patch && !run.Options.AsksAgent)
        {
            Tell(record, new FactQuery(run.Evidence.Facts).Labels("patch.path"));
        }

        return result;
    }

    private StageResult? Refuse(StageRecord record, IReadOnlyList<string> paths)
    {
        var halts = Tell(record, paths);
        if (_fault is null && halts.Length == 0)
        {
            return null;
        }

        var why = _fault is null
            ? "agents are halted: " + string.Join("; ", halts.Select(h => $"{h.Label} since {EvidenceTime.Format(EvidenceTime.Truncate(h.Since))} (entry {h.Index}): {h.Reason}; missing to resume: {string.Join(", ", h.Missing)}"))
            : "agents are halted, because the ledger cannot be read: " + _fault;
        record.Check(Check, _fault is null ? CheckStatus.Failed : CheckStatus.Error, why);
        return StageResult.Failed(run.Redact(why));
    }

    /// <summary>Records what is halted of what the proposal is about.</summary>
    private StandingHalt[] Tell(StageRecord record, IReadOnlyList<string> paths)
    {
        Load();
        if (_fault is not null)
        {
            record.Label(Label, "unreadable");
            return [];
        }

        var halts = _state!.Standing.Where(h => Concerns(h, paths)).ToArray();
        foreach (var label in halts.Select(h => h.Label).Distinct(StringComparer.Ordinal))
        {
            record.Label(Label, label);
        }

        return halts;
    }

    // A component that kfm.json does not name any more may be anything under another name.
    private bool Concerns(StandingHalt halt, IReadOnlyList<string> paths)
    {
        if (halt.Service is null || run.Base.Settings.Components.FirstOrDefault(c => c.Name == halt.Service) is not { } component)
        {
            return true;
        }

        var named = new FactQuery(run.Evidence.Facts).Labels("intent.component");
        return named.Contains(halt.Service, StringComparer.Ordinal) || named.Concat(paths).Any(path => component.Paths.Any(glob => glob.IsMatch(path)));
    }

    private IReadOnlyList<string> Changed()
    {
        try
        {
            return new PatchSummary(UnifiedPatch.Parse(run.Bundle.Bytes(BundleFiles.Patch))).ChangedPaths;
        }
        catch (PatchFormatException)
        {
            // The next stage says so, and nothing is changed.
            return [];
        }
    }

    private void Load()
    {
        if (_state is not null || _fault is not null)
        {
            return;
        }

        try
        {
            _state = HaltLedger.Read(run.Base, run.Options.Ledger, run.Host);
        }
        catch (Exception e) when (e is KfmException or IOException or UnauthorizedAccessException)
        {
            _fault = e.Message;
        }
    }
}
