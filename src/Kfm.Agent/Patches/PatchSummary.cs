namespace Kfm.Agent.Patches;

/// <summary>What a patch changes, in figures and lists.</summary>
public sealed class PatchSummary
{
    /// <summary>Sums a patch up.</summary>
    /// <param name="patch">The patch.</param>
    public PatchSummary(UnifiedPatch patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        Files = patch.Files.Count;
        AddedLines = [.. patch.Files.SelectMany(f => f.Hunks.SelectMany(h => LinesOf(f, h)))];
        Deleted = patch.Files.Sum(f => f.Hunks.Sum(h => h.Lines.Count(l => l.Kind == HunkLineKind.Deleted)));
        ChangedPaths = [.. patch.Files.SelectMany(Touched).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>How many sections the patch has.</summary>
    public int Files { get; }

    /// <summary>How many lines are added.</summary>
    public int Added => AddedLines.Count;

    /// <summary>How many lines are deleted.</summary>
    public int Deleted { get; }

    /// <summary>The paths that differ after the patch, both of a rename, each once, sorted (ordinal).</summary>
    public IReadOnlyList<string> ChangedPaths { get; }

    /// <summary>The added lines with their places, in the order of the patch.</summary>
    public IReadOnlyList<AddedLine> AddedLines { get; }

    private static string[] Touched(FilePatch file) => file.Change == FileChange.Copy ? [file.NewPath] : [file.OldPath, file.NewPath];

    private static IEnumerable<AddedLine> LinesOf(FilePatch file, Hunk hunk)
    {
        var number = hunk.NewStart;
        foreach (var line in hunk.Lines)
        {
            if (line.Kind == HunkLineKind.Added)
            {
                yield return new AddedLine(file.NewPath, number, line.Content);
            }

            number += line.Kind == HunkLineKind.Deleted ? 0 : 1;
        }
    }
}
