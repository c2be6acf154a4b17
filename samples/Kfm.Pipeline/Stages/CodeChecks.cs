using Kfm.Agent.Git;
using Kfm.Gates.Architecture;
using Kfm.Gates.CSharp;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>What the C# of the head shows: complexity of the methods that changed, access to endpoints, layers and imports. The policies judge what is found.</summary>
internal static class CodeChecks
{
    private const int MostFindings = 100;

    public static async Task RunAsync(PipelineRun run, StageRecord record, CancellationToken cancellationToken)
    {
        var clone = await HeadClone.EnsureAsync(run, cancellationToken);
        var source = await SourceRepository.OpenAsync(run.Processes, clone.Directory, cancellationToken);
        var tree = await source.ReadTreeAsync(run.Trace!.HeadCommit, cancellationToken);
        TreeEntry[] entries = [.. tree.Entries.Where(e => e.Mode is "100644" or "100755" && e.Path.EndsWith(".cs", StringComparison.Ordinal))];
        await ChangedAsync(run, record, source, entries, cancellationToken);
        await ArchitectureAsync(run, record, source, entries, cancellationToken);
    }

    private static async Task ChangedAsync(PipelineRun run, StageRecord record, SourceRepository source, TreeEntry[] entries, CancellationToken cancellationToken)
    {
        try
        {
            var changed = new FactQuery(run.Evidence.Facts).Labels("patch.path").ToHashSet(StringComparer.Ordinal);
            var files = await ParseAsync(source, [.. entries.Where(e => changed.Contains(e.Path))], cancellationToken);
            await ComplexityAsync(run, record, files, cancellationToken);
            var rules = new EndpointRules(run.Base.Packs["security"]);
            Findings(record, "endpoints.open", [.. files.SelectMany(file => file.Endpoints).Select(rules.Lack).OfType<string>()]);
            record.Measure("endpoints.found", files.Sum(file => file.Endpoints.Count));
            Findings(record, "csharp.unread", [.. files.Where(file => file.Problem is not null).Select(file => $"{file.Path}:{file.Problem!.Line}:{file.Problem.Column}: {file.Problem.Message}")]);
            record.Check("complexity", CheckStatus.Passed);
            record.Check("endpoints", CheckStatus.Passed);
        }
        catch (KfmException e)
        {
            record.Check("complexity", CheckStatus.Error, e.Message);
            record.Check("endpoints", CheckStatus.Error, e.Message);
        }
    }

    private static async Task ComplexityAsync(PipelineRun run, StageRecord record, IReadOnlyList<CSharpFile> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return;
        }

        var added = await HeadChanges.AddedLinesAsync(run, cancellationToken);
        var touched = files
            .SelectMany(file => file.Methods.Select(method => (file.Path, Method: method)))
            .Where(m => added.TryGetValue(m.Path, out var lines) && lines.Any(line => line >= m.Method.Line && line <= m.Method.EndLine))
            .ToArray();
        if (touched.Length > 0)
        {
            var maximum = run.Base.Packs["quality"].Rule("complexity").GetProperty("maximum").GetInt32();
            record.Measure("complexity.max", touched.Max(m => m.Method.Complexity));
            Findings(record, "complexity.above", [.. touched.Where(m => m.Method.Complexity > maximum).Select(m => $"{m.Method.Name} ({m.Path}:{m.Method.Line}) {m.Method.Complexity}")]);
        }
    }

    private static async Task ArchitectureAsync(PipelineRun run, StageRecord record, SourceRepository source, TreeEntry[] entries, CancellationToken cancellationToken)
    {
        var rules = new ArchitectureRules(run.Base.Packs["architecture"]);
        if (rules.IsEmpty)
        {
            record.Check("architecture", CheckStatus.Skipped, "the pack names no layer and no restriction");
            return;
        }

        try
        {
            var files = await ParseAsync(source, entries, cancellationToken);
            CodeReference[] references = [.. BuiltAssemblies.References(run.Bundle), .. files.SelectMany(file => file.References)];
            Findings(record, "layers.breach", rules.LayerBreaches(references));
            Findings(record, "imports.breach", rules.ImportBreaches(references));
            record.Check("architecture", CheckStatus.Passed);
        }
        catch (KfmException e)
        {
            record.Check("architecture", CheckStatus.Error, e.Message);
        }
    }

    private static async Task<IReadOnlyList<CSharpFile>> ParseAsync(SourceRepository source, TreeEntry[] entries, CancellationToken cancellationToken)
    {
        if (entries.Length == 0)
        {
            return [];
        }

        var blobs = await source.ReadBlobsAsync(entries.Select(e => e.Id), cancellationToken);
        return [.. entries.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(e => Parsed.Of(e.Path, blobs[e.Id])).ToArray().Select(parsed => parsed.Get())];
    }

    private static void Findings(StageRecord record, string label, IReadOnlyList<string> findings)
    {
        foreach (var finding in findings.Take(MostFindings))
        {
            record.Label(label, finding);
        }

        if (findings.Count > MostFindings)
        {
            record.Label(label, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"and {findings.Count - MostFindings} more"));
        }
    }

    // What is thrown on other threads would come as an aggregate; this way it is the error of the first file.
    private readonly record struct Parsed(CSharpFile? File, CSharpFormatException? Error)
    {
        public static Parsed Of(string path, byte[] utf8)
        {
            try
            {
                return new Parsed(CSharpFile.Parse(path, utf8), null);
            }
            catch (CSharpFormatException e)
            {
                return new Parsed(null, e);
            }
        }

        public CSharpFile Get() => File ?? throw Error!;
    }
}
