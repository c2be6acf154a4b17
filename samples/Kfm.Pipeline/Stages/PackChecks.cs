using System.Globalization;
using System.Text.Json;
using Kfm.Gates.Consent;
using Kfm.Gates.Credentials;
using Kfm.Gates.Reports;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>What the packs ask beside code: results of benchmarks, consent of the persons in data, age of credentials.</summary>
internal static class PackChecks
{
    public static async Task RunAsync(PipelineRun run, StageRecord record, HeadFiles head, CancellationToken cancellationToken)
    {
        await BenchmarksAsync(run, record, cancellationToken);
        await ConsentAsync(run, record, head, cancellationToken);
        await CredentialsAsync(run, record, cancellationToken);
    }

    // Tests and build write the results into the first tree, where they lie as any file of a stranger does.
    private static async Task BenchmarksAsync(PipelineRun run, StageRecord record, CancellationToken cancellationToken)
    {
        string[] paths = [.. run.Base.Packs["performance"].Rule("latency").GetProperty("results").EnumerateArray().Select(path => path.GetString()!)];
        if (paths.Length == 0)
        {
            return;
        }

        try
        {
            var workspace = await run.WorkspaceAsync(cancellationToken);
            foreach (var path in paths)
            {
                var bytes = await workspace.ReadRestoredAsync(path) ?? throw new ReportFormatException($"The steps left no {path}.");
                Measure(record, BenchmarkReader.Read(bytes));
            }

            record.Check("benchmarks", CheckStatus.Passed);
        }
        catch (KfmException e)
        {
            record.Check("benchmarks", CheckStatus.Error, e.Message);
        }
    }

    private static void Measure(StageRecord record, IReadOnlyList<BenchmarkResult> results)
    {
        foreach (var result in results)
        {
            if (result.Nanoseconds is { } time)
            {
                record.Measure("latency:" + result.Name, time, "ns");
            }

            if (result.AllocatedBytes is { } bytes)
            {
                record.Measure("memory:" + result.Name, bytes, "B");
            }
        }
    }

    private static async Task ConsentAsync(PipelineRun run, StageRecord record, HeadFiles head, CancellationToken cancellationToken)
    {
        var pack = run.Base.Packs["security"];
        foreach (var use in ConsentUse.Of(pack))
        {
            var check = "consent:" + use.Path;
            try
            {
                var data = await head.ReadAsync(use.Path, BundleFiles.MediaType(use.Path), ArtifactRole.Data, cancellationToken);
                if (data is null)
                {
                    record.Check(check, CheckStatus.Passed, "the head does not have the data");
                    continue;
                }

                record.Use(data.Value.Artifact, "data");
                var envelopes = await EnvelopesAsync(run, record, pack.Rule("consent").GetProperty("envelopes").GetString()!, cancellationToken);
                var lines = use.LinesWithoutConsent(data.Value.Bytes, envelopes, run.Now());
                record.Check(check, lines.Count == 0, string.Create(CultureInfo.InvariantCulture, $"{lines.Count} persons have not agreed, the first in line {(lines.Count == 0 ? 0 : lines[0])}"));
            }
            catch (KfmException e)
            {
                record.Check(check, CheckStatus.Error, e.Message);
            }
        }
    }

    private static async Task<List<ConsentEnvelope>> EnvelopesAsync(PipelineRun run, StageRecord record, string folder, CancellationToken cancellationToken)
    {
        var source = run.Base.Source;
        var tree = await source.ReadTreeAsync(run.Base.Commit, cancellationToken);
        var entries = tree.Entries
            .Where(e => e.Mode is "100644" or "100755" && e.Path.StartsWith(folder + "/", StringComparison.Ordinal) && e.Path.EndsWith(".json", StringComparison.Ordinal))
            .ToArray();
        var blobs = await source.ReadBlobsAsync(entries.Select(e => e.Id), cancellationToken);
        var envelopes = new List<ConsentEnvelope>();
        foreach (var entry in entries)
        {
            record.Use(RepositoryBase.FileArtifact(entry.Path, blobs[entry.Id], "application/json", ArtifactRole.Policy), "consent");
            envelopes.Add(ConsentEnvelope.Parse(entry.Path, blobs[entry.Id]));
        }

        return envelopes;
    }

    private static async Task CredentialsAsync(PipelineRun run, StageRecord record, CancellationToken cancellationToken)
    {
        var rule = run.Base.Packs["security"].Rule("credentials");
        if (!rule.TryGetProperty("inventory", out var path))
        {
            return;
        }

        try
        {
            var file = await run.Base.ReadAsync(path.GetString()!, "application/json", ArtifactRole.Config, cancellationToken)
                ?? throw new RepositoryBaseException($"the security pack names the inventory '{path.GetString()}', which the base commit does not have.");
            record.Use(file.Artifact, "credentials");
            Ages(record, CredentialInventory.Parse(file.Bytes).AgesAt(run.Now()), rule);
            record.Check("credentials", CheckStatus.Passed);
        }
        catch (KfmException e)
        {
            record.Check("credentials", CheckStatus.Error, e.Message);
        }
    }

    private static void Ages(StageRecord record, IReadOnlyList<KeyValuePair<string, int>> ages, JsonElement rule)
    {
        record.Measure("credentials.oldest-days", ages.Select(age => age.Value).DefaultIfEmpty(0).Max(), "d");
        foreach (var (name, days) in ages.Where(age => age.Value > rule.GetProperty("maximumAgeDays").GetInt32()))
        {
            record.Label("credentials.overdue", string.Create(CultureInfo.InvariantCulture, $"{name} ({days} days)"));
        }
    }
}
