using Kfm.Provenance;

namespace Kfm.Pipeline.Init;

/// <summary>Writes what a repository needs to be governed. A file that is there stays as it is, unless the caller says otherwise.</summary>
internal sealed record InitRequest(string Directory, string Name, bool Overwrite, bool DryRun)
{
    /// <summary>Writes the files.</summary>
    /// <returns>Each path with what happened to it: <c>written</c>, <c>kept</c> or <c>unchanged</c>.</returns>
    /// <exception cref="InitException">The directory is not the root of a git repository, or a path leads out of it.</exception>
    public IReadOnlyList<(string Path, string Outcome)> Run()
    {
        if (!Path.Exists(Path.Combine(Directory, ".git")))
        {
            throw new InitException($"'{Directory}' is not the root of a git repository; run 'git init' there, or name another one by --repo.");
        }

        var files = InitFiles.All();
        files["kfm.json"] = InitSettings.Write(Directory, Name);
        return [.. files.Select(f => (f.Key, Write(f.Key, f.Value)))];
    }

    private string Write(string path, byte[] bytes)
    {
        var target = Path.Combine(Directory, path);
        RefuseLinks(path);
        if (File.Exists(target))
        {
            var same = File.ReadAllBytes(target).AsSpan().SequenceEqual(bytes);
            if (same || !Overwrite)
            {
                return same ? "unchanged" : "kept";
            }
        }

        if (!DryRun)
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, bytes);
        }

        return "written";
    }

    // A link in the way would put a file where the caller does not look.
    private void RefuseLinks(string path)
    {
        for (var part = path; part.Length > 0; part = Path.GetDirectoryName(part) ?? "")
        {
            var info = new FileInfo(Path.Combine(Directory, part));
            if (info.LinkTarget is not null)
            {
                throw new InitException($"'{part}' is a link; nothing is written through it. Remove it, or make it a file or directory of its own.");
            }
        }
    }
}
