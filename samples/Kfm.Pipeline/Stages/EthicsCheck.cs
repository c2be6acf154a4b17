using Kfm.Agent.Configuration;
using Kfm.Gates.Contracts;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>
/// What changed data and documents say about their use. Labels of base and head count together, so that a proposal cannot take a restriction away; what it changes
/// of them goes to the stewards, and labels that contradict each other deny.
/// </summary>
internal sealed class EthicsCheck(PipelineRun run, StageRecord record, HeadFiles head)
{
    private const int MostDocuments = 1_000;
    private static readonly string[] DocumentEndings = [".md", ".markdown", ".mdx"];
    private static readonly Dictionary<string, IReadOnlyList<string>> None = new(StringComparer.Ordinal);

    private readonly LabelRecord _labels = new(record, run.Base.Settings.Stewardship);
    private readonly List<string> _problems = [];

    public static Task RunAsync(PipelineRun run, StageRecord record, HeadFiles head, CancellationToken cancellationToken) =>
        new EthicsCheck(run, record, head).RunAsync(cancellationToken);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var changed = new FactQuery(run.Evidence.Facts).Labels("patch.path");
        foreach (var data in run.Base.Settings.Data.Where(d => d.Labels is not null))
        {
            await AttemptAsync(data.Labels!, () => SidecarAsync(data, changed, cancellationToken));
        }

        var documents = changed.Where(path => Array.Exists(DocumentEndings, end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase))).ToArray();
        if (documents.Length > MostDocuments)
        {
            _problems.Add($"{documents.Length} documents changed; the labels of at most {MostDocuments} are read, so split the proposal");
        }

        foreach (var path in documents.Take(MostDocuments))
        {
            await AttemptAsync(path, () => DocumentAsync(path, cancellationToken));
        }

        record.Check("ethics.labels", _problems.Count == 0 ? CheckStatus.Passed : CheckStatus.Error, _problems.Count == 0 ? null : string.Join("; ", _problems));
    }

    private async Task AttemptAsync(string path, Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (KfmException e)
        {
            _problems.Add($"{path}: {e.Message}");
        }
    }

    private async Task SidecarAsync(DataSetting data, IReadOnlyList<string> changed, CancellationToken cancellationToken)
    {
        var path = data.Labels!;
        var before = await run.Base.ReadAsync(path, "application/json", ArtifactRole.Data, cancellationToken);
        var after = await head.ReadAsync(path, "application/json", ArtifactRole.Data, cancellationToken)
            ?? throw new RepositoryBaseException("the head does not have the labels any more.");
        foreach (var (artifact, _) in new[] { before, after }.OfType<(Artifact Artifact, byte[] Bytes)>())
        {
            record.Use(artifact, "labels");
        }

        var (old, now) = (before is { } file ? DataLabels.Read(file.Bytes) : null, DataLabels.Read(after.Bytes));
        if (!changed.Contains(data.Path, StringComparer.Ordinal) && !changed.Contains(path, StringComparer.Ordinal))
        {
            return;
        }

        if (old is not null)
        {
            _labels.Labels(path, old);
        }

        _labels.Labels(path, now);
        _labels.Changes(path, old?.ByMember ?? None, now.ByMember);
    }

    private async Task DocumentAsync(string path, CancellationToken cancellationToken)
    {
        var before = Flags(path, await run.Base.ReadAsync(path, "text/markdown", ArtifactRole.Data, cancellationToken));
        var after = Flags(path, await head.ReadAsync(path, "text/markdown", ArtifactRole.Data, cancellationToken));
        if (before is not null)
        {
            _labels.Changes(path, before, after ?? None);
        }
    }

    /// <summary>The flags of one side, with its labels recorded; null when the side does not have the document.</summary>
    private IReadOnlyDictionary<string, IReadOnlyList<string>>? Flags(string path, (Artifact Artifact, byte[] Bytes)? file)
    {
        if (file is not { } document)
        {
            return null;
        }

        var flags = FrontMatter.Read(document.Bytes);
        if (flags.Count > 0)
        {
            record.Use(document.Artifact, "labels");
            _labels.Labels(path, DataLabels.FromFrontMatter(flags));
        }

        return flags;
    }
}
