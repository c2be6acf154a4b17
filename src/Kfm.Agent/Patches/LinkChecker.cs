using System.Text;
using Kfm.Agent.Git;

namespace Kfm.Agent.Patches;

/// <summary>Demands that links stay inside the tree. Once a patch touches a link, all links of the result are looked at.</summary>
internal static class LinkChecker
{
    public static IEnumerable<PatchFinding> Check(
        UnifiedPatch patch,
        IReadOnlyList<PatchedFile> files,
        GitTree tree,
        IReadOnlyDictionary<string, byte[]> blobs)
    {
        var changed = files.Where(f => f.Mode is "120000").ToDictionary(f => f.Path, StringComparer.Ordinal);
        if (changed.Count == 0)
        {
            yield break;
        }

        foreach (var link in tree.Entries.Where(e => e.Mode is "120000"))
        {
            var target = changed.TryGetValue(link.Path, out var file) ? file.Content.Span : blobs[link.Id];
            if (Problem(link.Path, target, tree) is { } problem)
            {
                var line = patch.Files.FirstOrDefault(f => string.Equals(f.NewPath, link.Path, StringComparison.Ordinal))?.Line ?? 1;
                yield return new PatchFinding(PatchRules.Link, link.Path, line, problem);
            }
        }
    }

    private static string? Problem(string path, ReadOnlySpan<byte> bytes, GitTree tree)
    {
        var target = Encoding.UTF8.GetString(bytes);
        if (target is "" or ['/', ..] || target.Any(c => char.IsControl(c) || c is '\\' or ':' or '\uFFFD'))
        {
            return "the target of the link is empty, absolute or has characters that are refused";
        }

        // The path so far never is a link itself, so that '..' means its parent.
        var place = path.Split('/')[..^1].ToList();
        foreach (var name in target.Split('/'))
        {
            if (tree.TryGet(string.Join('/', place), out var entry) && entry.Mode is "120000")
            {
                return "the link leads through another link";
            }

            if (!Step(place, name))
            {
                return "the link leads out of the tree or into git's own directory";
            }
        }

        return null;
    }

    private static bool Step(List<string> place, string name)
    {
        switch (name)
        {
            case "" or ".":
                return true;
            case "..":
                if (place.Count == 0)
                {
                    return false;
                }

                place.RemoveAt(place.Count - 1);
                return true;
            default:
                place.Add(name);
                return !GitNames.IsGitDirectory(name);
        }
    }
}
