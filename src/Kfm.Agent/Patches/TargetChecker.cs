using Kfm.Agent.Git;

namespace Kfm.Agent.Patches;

/// <summary>Checks which paths a patch takes from the base and which it leaves.</summary>
internal sealed class TargetChecker(UnifiedPatch patch, GitTree baseTree)
{
    private readonly List<PatchFinding> _findings = [];
    private readonly Dictionary<string, FilePatch> _consumed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FilePatch> _produced = new(StringComparer.Ordinal);

    public List<PatchFinding> Check()
    {
        foreach (var file in patch.Files)
        {
            CheckSource(file);
            if (file.Change is FileChange.Modify or FileChange.Delete or FileChange.Rename && !_consumed.TryAdd(file.OldPath, file))
            {
                Add(PatchRules.Duplicate, file, file.OldPath, "the file is changed twice");
            }

            if (file.Change != FileChange.Delete && !_produced.TryAdd(file.NewPath, file))
            {
                Add(PatchRules.Duplicate, file, file.NewPath, "the path is made twice");
            }
        }

        foreach (var (path, file) in _produced)
        {
            if (baseTree.TryGet(path, out _) && !_consumed.ContainsKey(path))
            {
                Add(PatchRules.Exists, file, path, "the path is there at base already");
            }
        }

        CheckResult();
        return _findings;
    }

    private void CheckSource(FilePatch file)
    {
        if (file.Change == FileChange.Add)
        {
            return;
        }

        if (!baseTree.TryGet(file.OldPath, out var entry))
        {
            Add(PatchRules.Missing, file, file.OldPath, "the file is not there at base");
        }
        else if (entry.Mode is "160000")
        {
            Add(PatchRules.Submodule, file, file.OldPath, "submodules are refused");
        }
        else if (file.OldMode is not null && !string.Equals(file.OldMode, entry.Mode, StringComparison.Ordinal))
        {
            Add(PatchRules.Mode, file, file.OldPath, $"the mode at base is {entry.Mode}, not {file.OldMode}");
        }
    }

    /// <summary>Compares the new paths with everything that the patched tree has, names of directories included.</summary>
    private void CheckResult()
    {
        var files = baseTree.Entries.Select(e => e.Path).Where(p => !_consumed.ContainsKey(p)).Concat(_produced.Keys)
            .ToHashSet(StringComparer.Ordinal);
        var directories = files.SelectMany(Parents).ToHashSet(StringComparer.Ordinal);
        var spellings = files.Concat(directories).ToLookup(Fold, StringComparer.Ordinal);
        foreach (var (path, file) in _produced.Where(p => !IsModify(p.Value)))
        {
            if (directories.Contains(path) || Parents(path).Any(files.Contains))
            {
                Add(PatchRules.DirectoryConflict, file, path, "the path is a file and a directory at once");
            }

            var twin = Parents(path).Prepend(path)
                .SelectMany(p => spellings[Fold(p)].Where(other => !string.Equals(other, p, StringComparison.Ordinal)))
                .FirstOrDefault();
            if (twin is not null)
            {
                Add(PatchRules.Case, file, path, $"'{twin}' differs only in case");
            }
        }
    }

    private static bool IsModify(FilePatch file) => file.Change == FileChange.Modify;

    private static string Fold(string path) => path.ToUpperInvariant();

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }

    private void Add(string rule, FilePatch file, string path, string message) => _findings.Add(new PatchFinding(rule, path, file.Line, message));
}
