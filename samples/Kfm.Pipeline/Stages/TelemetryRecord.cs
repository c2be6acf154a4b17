using System.Globalization;
using Kfm.Agent.Configuration;
using Kfm.Agent.Telemetry;
using Kfm.Ledger;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Records the processor time of each stage; with the last one before the gate also energy, emissions and the reliability budget.</summary>
internal static class TelemetryRecord
{
    private static readonly string[] Checks = [TelemetryWords.Energy, TelemetryWords.Co2e];

    /// <summary>Ends the account of a stage.</summary>
    /// <param name="run">The run.</param>
    /// <param name="record">The record of the stage.</param>
    /// <param name="before">The processor time when the stage began, or null where the system does not tell it.</param>
    public static void End(PipelineRun run, StageRecord record, TimeSpan? before)
    {
        if (run.Base.Settings.Telemetry is { } telemetry)
        {
            if (before is not null && run.Host.ProcessorTime() is { } after)
            {
                record.Measure(StageName(record.Key.Stage), (after - before.Value).TotalSeconds, "s");
            }

            if (record.Key.Stage == Stage.Qa)
            {
                Energy(run, record, telemetry);
            }
        }

        if (record.Key.Stage == Stage.Qa && run.Base.Settings.Reliability is { } reliability)
        {
            Reliability(run, record, reliability);
        }
    }

    private static void Energy(PipelineRun run, StageRecord record, TelemetrySettings settings)
    {
        record.Measure(TelemetryWords.Watts, settings.WattsPerProcessor, "W");
        if (settings.GramsCo2ePerKilowattHour is { } grams)
        {
            record.Measure(TelemetryWords.Grid, grams, "g/kWh");
        }

        if (settings.Source is { } source)
        {
            record.Label(TelemetryWords.Source, run.Redact(source));
        }

        var facts = new FactQuery(run.Evidence.Facts);
        var times = facts.Runs.Where(r => r.Outcome != RunOutcome.Skipped).Select(r => r.Key.Stage).Append(Stage.Qa).Distinct()
            .Select(stage => facts.Measure(StageName(stage))).ToArray();
        double?[] limits = [settings.EnergyLimitKilowattHours, settings.Co2eLimitKilograms];
        if (times.Any(t => t is null))
        {
            foreach (var (name, _) in Checks.Zip(limits).Where(c => c.Second is not null))
            {
                record.Check(name, CheckStatus.Error, "the processor time of a stage is not known; run every stage on Linux, or take the limit out of kfm.json");
            }

            return;
        }

        var processor = TimeSpan.FromSeconds(times.Sum()!.Value);
        var estimate = EnergyEstimate.Of(processor, settings);
        record.Measure(TelemetryWords.Processor, Math.Round(processor.TotalSeconds, 3), "s");
        Amount(record, TelemetryWords.Energy, estimate.KilowattHours, settings.EnergyLimitKilowattHours, "kWh");
        if (estimate.Co2eKilograms is { } co2e)
        {
            Amount(record, TelemetryWords.Co2e, co2e, settings.Co2eLimitKilograms, "kg");
        }
    }

    private static void Amount(StageRecord record, string name, double amount, double? limit, string unit)
    {
        record.Measure(name, amount, unit);
        if (limit is { } most)
        {
            record.Check(name, amount <= most, string.Create(CultureInfo.InvariantCulture, $"{amount} {unit} is above the limit of {most} {unit}"));
        }
    }

    private static void Reliability(PipelineRun run, StageRecord record, ReliabilitySettings settings)
    {
        var path = LedgerAccess.PathOf(run.Options.Ledger, run.Base.Uri, run.Host);
        try
        {
            if (!File.Exists(path))
            {
                Unreadable(record, settings, "there is no ledger to read deployments from; name it by --ledger");
                return;
            }

            using var log = LedgerAccess.Existing(path, run.Host);
            var budget = ReliabilityBudget.Read(log, settings, run.Base.Uri, run.Now());
            record.Measure(TelemetryWords.ReliabilityObjective, budget.Objective);
            record.Measure(TelemetryWords.ReliabilityDays, budget.Days, "d");
            record.Measure(TelemetryWords.ReliabilityDeployments, budget.Deployments);
            record.Measure(TelemetryWords.ReliabilityFailures, budget.Failed);
            record.Label(TelemetryWords.ReliabilityState, budget.State);
            if (settings.Enforce)
            {
                record.Check(TelemetryWords.ReliabilityState, !budget.IsExhausted, $"{budget.Failed} of {budget.Deployments} deployments in {budget.Days} days failed");
            }
        }
        catch (LedgerException e)
        {
            Unreadable(record, settings, e.Message);
        }
    }

    // A budget that is only told is not told; one that must hold and cannot be read denies.
    private static void Unreadable(StageRecord record, ReliabilitySettings settings, string reason)
    {
        if (settings.Enforce)
        {
            record.Check(TelemetryWords.ReliabilityState, CheckStatus.Error, reason);
        }
    }

    private static string StageName(Stage stage) => TelemetryWords.StageProcessor + stage.ToString().ToLowerInvariant();
}
