using System.Text;
using System.Text.Unicode;
using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Egress;
using Kfm.Agent.Codegen.Prompts;
using Kfm.Agent.Intents;

namespace Kfm.Pipeline.Stages;

/// <summary>The request to the model: a function of intent, design and the base, so that a recording answers this request and no other.</summary>
internal static class AgentRequest
{
    /// <summary>The model whose answers are recorded.</summary>
    public const string Model = "replay";

    /// <summary>The seed.</summary>
    public const long Seed = 1337;

    /// <summary>Where the prompt can be made again from.</summary>
    public const string PromptReference = "intent.json + design.md + files of the named components at base";

    private const int MostFiles = 40;
    private const int LongestFile = 64 * 1024;

    /// <summary>Makes the request; the files of the components that the intent names are shown, as the base has them, unless their labels forbid it.</summary>
    public static async Task<CodegenRequest> CreateAsync(
        RepositoryBase at, StructuredIntent intent, string design, Action<WithheldFile> withheld, CancellationToken cancellationToken, PromptTemplate? template = null)
    {
        var globs = at.Settings.Components.Where(c => intent.Components.Contains(c.Name, StringComparer.Ordinal)).SelectMany(c => c.Paths).ToArray();
        var tree = await at.Source.ReadTreeAsync(at.Commit, cancellationToken);
        var shown = tree.Entries.Where(e => e.Mode is "100644" or "100755" && globs.Any(g => g.IsMatch(e.Path))).Take(MostFiles).ToArray();
        var blobs = await at.Source.ReadBlobsAsync(shown.Select(e => e.Id), cancellationToken);
        var files = shown.Where(e => blobs[e.Id].Length <= LongestFile && !blobs[e.Id].Contains((byte)0) && Utf8.IsValid(blobs[e.Id]))
            .Select(e => new PromptFile(e.Path, Encoding.UTF8.GetString(blobs[e.Id])) { Mode = e.Mode })
            .ToArray();
        var selection = PromptScreen.Select(at.Settings.Egress, intent.Intent.Text, files, await SidecarsAsync(at, files, cancellationToken));
        foreach (var file in selection.Withheld)
        {
            withheld(file);
        }

        return new CodegenRequest(CodegenPrompt.Build(intent, design, selection.Shown, template), Model, Seed)
        {
            Files = selection.Shown,
            PromptClass = selection.Class,
            Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["temperature"] = "0" },
        };
    }

    private static async Task<Dictionary<string, byte[]?>> SidecarsAsync(RepositoryBase at, PromptFile[] files, CancellationToken cancellationToken)
    {
        var sidecars = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        foreach (var data in at.Settings.Data.Where(d => d.Labels is not null && files.Any(f => f.Path == d.Path)))
        {
            sidecars[data.Path] = await at.Source.ReadAtCommitAsync(at.Commit, data.Labels!, cancellationToken);
        }

        return sidecars;
    }
}
