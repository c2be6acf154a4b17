using System.Globalization;
using System.Text;
using Kfm.Agent.Codegen;
using Kfm.Agent.Configuration;
using Kfm.Agent.Intents;
using Kfm.Gates.Scanning;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Looks for instructions in what a model reads as data, and in what a proposal adds. A finding is a label, and raises the tier; it never stops the run.</summary>
internal static class PromptInjection
{
    private const string Label = "injection.finding";
    private const int MostFiles = 2_000;
    private const int LargestFile = 1 << 20;

    // What agents take for instructions when they find it in a repository.
    private static readonly Glob[] AgentFiles =
    [
        Glob.Parse("**/*.{md,mdx,mdc,rst,adoc,txt}"), Glob.Parse("**/{.cursorrules,.windsurfrules,.clinerules,.aider.conf.yml,llms.txt}"),
        Glob.Parse("{.claude,.codex,.cursor,.github,.gemini}/**"),
    ];

    /// <summary>The check <c>injection.prompt</c>: whether intent, design and the files that are shown could be scanned; findings become labels.</summary>
    public static async Task RecordAsync(PipelineRun run, StageRecord record, CodegenRequest request, ProposalSource source, CancellationToken cancellationToken)
    {
        var texts = new List<(string Name, string Text)> { ("intent", run.StructuredIntent().Intent.Text), (BundleFiles.Design, run.Bundle.Text(BundleFiles.Design)) };
        texts.AddRange(request.Files.Select(f => (f.Path, f.Text)));
        if (source.ReadsRepository)
        {
            await AddFilesAsync(run, texts, cancellationToken);
        }

        var found = texts.SelectMany(t => InjectionScanner.Scan(t.Text).Select(f => (t.Name, Finding: f))).ToList();
        foreach (var (name, finding) in found)
        {
            Tell(run, record, name, finding);
        }

        record.Check("injection.prompt", CheckStatus.Passed, string.Create(CultureInfo.InvariantCulture, $"{texts.Count} texts scanned, {found.Count} findings"));
    }

    /// <summary>The check <c>injection.patch</c>: the same of the lines that the proposal adds.</summary>
    public static void RecordPatch(PipelineRun run, StageRecord record, string patch)
    {
        var found = InjectionScanner.ScanPatch(patch);
        foreach (var (path, finding) in found)
        {
            Tell(run, record, path ?? BundleFiles.Patch, finding);
        }

        record.Check("injection.patch", CheckStatus.Passed, string.Create(CultureInfo.InvariantCulture, $"{found.Count} findings"));
    }

    /// <summary>The rule of risk that findings fire; none where there are none.</summary>
    public static IEnumerable<FiredRule> Rules(PipelineRun run) =>
        new FactQuery(run.Evidence.Facts).Labels(Label).Take(1).Select(finding => new FiredRule("injection", RiskTier.High, finding));

    private static async Task AddFilesAsync(PipelineRun run, List<(string Name, string Text)> texts, CancellationToken cancellationToken)
    {
        var tree = await run.Base.Source.ReadTreeAsync(run.Base.Commit, cancellationToken);
        var read = tree.Entries.Where(e => e.Mode is "100644" or "100755" && AgentFiles.Any(g => g.IsMatch(e.Path))).ToList();
        var blobs = await run.Base.Source.ReadBlobsAsync(read.Take(MostFiles).Select(e => e.Id), cancellationToken);
        foreach (var entry in read)
        {
            // What is not scanned is a finding as well.
            var text = blobs.TryGetValue(entry.Id, out var bytes) && bytes.Length <= LargestFile ? Encoding.UTF8.GetString(bytes) : new string(' ', InjectionScanner.MaxLength + 1);
            texts.Add((entry.Path, text));
        }
    }

    private static void Tell(PipelineRun run, StageRecord record, string name, InjectionFinding finding) =>
        record.Label(Label, run.Redact(string.Create(CultureInfo.InvariantCulture, $"{finding.Rule}:{name}:{finding.Line}")));
}
