using System.Globalization;
using Kfm.Agent.Configuration;
using Kfm.Gates.Contracts;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>The data of the head against the schemas of the base.</summary>
internal static class DataChecks
{
    public static async Task RunAsync(PipelineRun run, StageRecord record, HeadFiles head, CancellationToken cancellationToken)
    {
        var settings = run.Base.Settings;
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var contract in settings.Contracts)
        {
            await ContractAsync(run, record, head, contract, rows, cancellationToken);
        }

        if (settings.Contracts.Count == 0)
        {
            record.Check("contract", CheckStatus.Skipped, "kfm.json names no contract");
        }

        foreach (var data in settings.Data)
        {
            var known = rows.TryGetValue(data.Path, out var count);
            record.Check(
                "data:" + data.Path,
                known ? count > 0 ? CheckStatus.Passed : CheckStatus.Failed : CheckStatus.Skipped,
                known ? count > 0 ? null : "the data set has no row" : "no contract reads the data set");
        }

        if (settings.Data.Count == 0)
        {
            record.Check("data", CheckStatus.Skipped, "kfm.json names no data set");
        }

        record.Measure("data.rows", rows.Values.Sum());
    }

    private static async Task ContractAsync(
        PipelineRun run, StageRecord record, HeadFiles head, ContractSetting contract, Dictionary<string, long> rows, CancellationToken cancellationToken)
    {
        var check = "contract:" + contract.Data;
        var schema = await run.Base.ReadAsync(contract.Schema, "application/schema+json", ArtifactRole.Schema, cancellationToken);
        var data = await head.ReadAsync(contract.Data, BundleFiles.MediaType(contract.Data), ArtifactRole.Data, cancellationToken);
        if (schema is null || data is null)
        {
            record.Check(check, CheckStatus.Error, schema is null ? $"the base has no {contract.Schema}" : $"the head has no {contract.Data}");
            return;
        }

        record.Use(schema.Value.Artifact, "schema");
        record.Use(data.Value.Artifact, "data");
        try
        {
            var result = DataContract.Compile(schema.Value.Bytes).Check(contract.Data, data.Value.Bytes);
            rows[contract.Data] = result.Rows;
            record.Check(check, result.IsValid, Breaches(result));
        }
        catch (KfmException e)
        {
            record.Check(check, CheckStatus.Error, e.Message);
        }
    }

    private static string Breaches(ContractResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.BreachCount} breaches: {string.Join("; ", result.Breaches.Take(3))}");
}
