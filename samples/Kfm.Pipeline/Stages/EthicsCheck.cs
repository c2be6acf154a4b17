using Kfm.Agent.Configuration;
using Kfm.Gates.Contracts;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>What changed data says about its use. Labels of base and head count together, so that a proposal cannot take a restriction away.</summary>
internal static class EthicsCheck
{
    public static async Task RunAsync(PipelineRun run, StageRecord record, HeadFiles head, CancellationToken cancellationToken)
    {
        var changed = new FactQuery(run.Evidence.Facts).Labels("patch.path");
        var problems = new List<string>();
        foreach (var data in run.Base.Settings.Data.Where(d => d.Labels is not null))
        {
            try
            {
                await LabelsAsync(run, record, head, data, changed, cancellationToken);
            }
            catch (KfmException e)
            {
                problems.Add($"{data.Labels}: {e.Message}");
            }
        }

        record.Check("ethics.labels", problems.Count == 0 ? CheckStatus.Passed : CheckStatus.Error, problems.Count == 0 ? null : string.Join("; ", problems));
    }

    private static async Task LabelsAsync(
        PipelineRun run, StageRecord record, HeadFiles head, DataSetting data, IReadOnlyList<string> changed, CancellationToken cancellationToken)
    {
        var path = data.Labels!;
        var files = new[]
        {
            await run.Base.ReadAsync(path, "application/json", ArtifactRole.Data, cancellationToken),
            await head.ReadAsync(path, "application/json", ArtifactRole.Data, cancellationToken),
        };
        if (files[1] is null)
        {
            throw new RepositoryBaseException("the head does not have the labels any more.");
        }

        foreach (var file in files.OfType<(Artifact Artifact, byte[] Bytes)>())
        {
            record.Use(file.Artifact, "labels");
            var labels = DataLabels.Read(file.Bytes);
            if (changed.Contains(data.Path, StringComparer.Ordinal) || changed.Contains(path, StringComparer.Ordinal))
            {
                foreach (var (name, value) in labels.All)
                {
                    record.Label(name, value);
                }
            }
        }
    }
}
