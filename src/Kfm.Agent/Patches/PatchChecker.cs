using System.Text;
using Kfm.Agent.Git;

namespace Kfm.Agent.Patches;

/// <summary>Refuses patches that could trick git, a file system or a reviewer. What is not known to be harmless is refused.</summary>
public static class PatchChecker
{
    /// <summary>Checks names, modes and targets of a patch. Contents and links are checked where it is applied.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="baseTree">The tree that the patch stands on.</param>
    /// <returns>The reasons to refuse the patch, in its order; empty when there are none.</returns>
    public static IReadOnlyList<PatchFinding> Check(UnifiedPatch patch, GitTree baseTree)
    {
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(baseTree);
        var findings = new List<PatchFinding>();
        foreach (var file in patch.Files)
        {
            CheckContent(file, findings);
            CheckPath(file, file.OldPath, findings);
            if (!string.Equals(file.OldPath, file.NewPath, StringComparison.Ordinal))
            {
                CheckPath(file, file.NewPath, findings);
            }

            CheckAttributes(file, findings);
        }

        findings.AddRange(new TargetChecker(patch, baseTree).Check());
        return findings;
    }

    private static void CheckContent(FilePatch file, List<PatchFinding> findings)
    {
        if (file.IsBinary)
        {
            findings.Add(Finding(PatchRules.Binary, file, file.NewPath, "binary content cannot be reviewed; propose text"));
        }

        foreach (var mode in new[] { file.OldMode, file.NewMode })
        {
            if (mode is "160000")
            {
                findings.Add(Finding(PatchRules.Submodule, file, file.NewPath, "submodules are refused"));
            }
            else if (mode is not (null or "100644" or "100755" or "120000"))
            {
                findings.Add(Finding(PatchRules.Mode, file, file.NewPath, $"mode {mode} is refused"));
            }
        }

        if (file is { OldMode: not null, NewMode: not null } && IsLink(file.OldMode) != IsLink(file.NewMode))
        {
            findings.Add(Finding(PatchRules.Mode, file, file.NewPath, "a file becomes a link only by a deletion and an addition"));
        }
    }

    private static bool IsLink(string mode) => mode is "120000";

    private static void CheckPath(FilePatch file, string path, List<PatchFinding> findings)
    {
        if (PathProblem(path) is { } problem)
        {
            findings.Add(Finding(PatchRules.Path, file, path, problem));
        }

        foreach (var name in path.Split('/'))
        {
            if (GitNames.IsGitDirectory(name))
            {
                findings.Add(Finding(PatchRules.GitDirectory, file, path, $"'{name}' is git's own directory, or is taken for it"));
            }
            else if (GitNames.IsModules(name))
            {
                findings.Add(Finding(PatchRules.Submodule, file, path, $"'{name}' configures submodules, which are refused"));
            }
        }
    }

    private static string? PathProblem(string path) => path switch
    {
        "" => "the path is empty",
        _ when path[0] == '/' || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0])) => "the path is absolute",
        _ when path.Contains('\\', StringComparison.Ordinal) => "the path has a backslash",
        _ when path.Any(char.IsControl) => "the path has a control character",
        _ when path.Split('/').Any(name => name is "" or "." or "..") => "the path has an empty, '.' or '..' name",
        _ => null,
    };

    /// <summary>Lets <c>text</c> and <c>eol</c> pass. Drivers run programs, filters change content, and -diff hides it from review.</summary>
    private static void CheckAttributes(FilePatch file, List<PatchFinding> findings)
    {
        var name = file.NewPath[(file.NewPath.LastIndexOf('/') + 1)..];
        if (!GitNames.IsAttributes(name) || file.Change == FileChange.Delete)
        {
            return;
        }

        if (file.Change is FileChange.Rename or FileChange.Copy || !string.Equals(name, ".gitattributes", StringComparison.Ordinal))
        {
            findings.Add(Finding(PatchRules.GitAttributes, file, file.NewPath, "another file becomes .gitattributes, or a name is taken for it"));
            return;
        }

        foreach (var line in file.Hunks.SelectMany(h => h.Lines).Where(l => l.Kind == HunkLineKind.Added))
        {
            var text = Encoding.UTF8.GetString(line.Content.Span).Trim();
            if (text is not ("" or ['#', ..]) && !SetsOnlyLineEndings(text))
            {
                findings.Add(Finding(PatchRules.GitAttributes, file, file.NewPath, $"'{text}' sets more than text and eol"));
            }
        }
    }

    private static bool SetsOnlyLineEndings(string line) =>
        line[0] is not ('"' or '[') && line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .All(a => a is "text" or "-text" or "!text" or "text=auto" or "eol=lf" or "eol=crlf" or "-eol" or "!eol");

    private static PatchFinding Finding(string rule, FilePatch file, string path, string message) => new(rule, path, file.Line, message);
}
