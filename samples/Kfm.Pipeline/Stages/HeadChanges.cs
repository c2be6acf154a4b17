using Kfm.Agent.Git;
using Kfm.Agent.Patches;
using Kfm.Gates.Reports;

namespace Kfm.Pipeline.Stages;

/// <summary>The lines that differ between base and head, as git counts them in the head: the hunks of a proposal may lie elsewhere.</summary>
internal static class HeadChanges
{
    /// <summary>The numbers of the added lines by path.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlySet<int>>> AddedLinesAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var clone = await HeadClone.EnsureAsync(run, cancellationToken);
        var source = await SourceRepository.OpenAsync(run.Processes, clone.Directory, cancellationToken);
        var diff = await source.DiffAsync(run.Trace!.BaseCommit, run.Trace.HeadCommit, cancellationToken);
        return diff.IsEmpty
            ? new Dictionary<string, IReadOnlySet<int>>(StringComparer.Ordinal)
            : new PatchSummary(UnifiedPatch.Parse(diff.Span)).AddedLines
                .GroupBy(line => line.Path, StringComparer.Ordinal)
                .ToDictionary(file => file.Key, file => (IReadOnlySet<int>)file.Select(line => line.Line).ToHashSet(), StringComparer.Ordinal);
    }

    /// <summary>How many of the added lines the tests ran, by the Cobertura files.</summary>
    public static async Task<ChangedCoverage> CoverageAsync(PipelineRun run, IEnumerable<byte[]> reports, CancellationToken cancellationToken)
    {
        var added = await AddedLinesAsync(run, cancellationToken);
        var clone = await HeadClone.EnsureAsync(run, cancellationToken);
        var tree = await (await SourceRepository.OpenAsync(run.Processes, clone.Directory, cancellationToken)).ReadTreeAsync(run.Trace!.HeadCommit, cancellationToken);
        return ChangedCoverage.Of(reports.SelectMany(bytes => CoberturaReader.ReadFiles(bytes)), added, tree.Entries.Select(e => e.Path));
    }
}
