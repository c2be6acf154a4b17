using System.Text;
using Kfm.Agent.Codegen;
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

    /// <summary>Makes the request; the files of the components that the intent names are shown, as the base has them.</summary>
    public static async Task<CodegenRequest> CreateAsync(RepositoryBase at, StructuredIntent intent, string design, CancellationToken cancellationToken)
    {
        var globs = at.Settings.Components.Where(c => intent.Components.Contains(c.Name, StringComparer.Ordinal)).SelectMany(c => c.Paths).ToArray();
        var tree = await at.Source.ReadTreeAsync(at.Commit, cancellationToken);
        var shown = tree.Entries.Where(e => e.Mode is "100644" or "100755" && globs.Any(g => g.IsMatch(e.Path))).Take(MostFiles).ToArray();
        var blobs = await at.Source.ReadBlobsAsync(shown.Select(e => e.Id), cancellationToken);
        var files = shown.Where(e => blobs[e.Id].Length <= LongestFile && !blobs[e.Id].Contains((byte)0))
            .Select(e => new PromptFile(e.Path, Encoding.UTF8.GetString(blobs[e.Id])));
        return new CodegenRequest(CodegenPrompt.Build(intent, design, [.. files]), Model, Seed)
        {
            Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["temperature"] = "0" },
        };
    }
}
