using Kfm.Provenance.Manifests;

namespace Kfm.Provenance.Packaging;

/// <summary>What the entries of any archive must keep to, so that unpacking them writes below the root and nothing twice.</summary>
internal static class EntryRules
{
    /// <exception cref="ArchiveFormatException">An entry does not keep to the rules.</exception>
    public static void Check(List<ArchiveEntry> entries, ArchiveReadOptions options)
    {
        var kinds = new Dictionary<string, ArchiveEntryKind>(entries.Count, StringComparer.Ordinal);
        var total = 0L;
        foreach (var entry in entries)
        {
            if (!kinds.TryAdd(entry.Path, entry.Kind))
            {
                throw new ArchiveFormatException("The name stands twice.", entry.Offset, entry.Path);
            }

            total = entry.Size <= options.MaxTotalBytes - total
                ? total + entry.Size
                : throw new ArchiveFormatException(FormattableString.Invariant($"With it the contents are larger than {options.MaxTotalBytes} bytes."), entry.Offset, entry.Path);
        }

        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            CheckFolders(entry, kinds, folders);
            CheckLink(entry);
        }

        if (options.RefuseCaseCollisions)
        {
            CheckCase(entries);
        }
    }

    /// <summary>The path of an entry.</summary>
    /// <exception cref="ArchiveFormatException">The name is not a plain path.</exception>
    public static string Path(string name, long offset) => RelativePath.IsValid(name, out var reason)
        ? name
        : throw new ArchiveFormatException($"The name is not a path below the root: {reason}.", offset, name);

    private static void CheckFolders(ArchiveEntry entry, Dictionary<string, ArchiveEntryKind> kinds, HashSet<string> folders)
    {
        for (var slash = entry.Path.LastIndexOf('/'); slash > 0; slash = entry.Path.LastIndexOf('/', slash - 1))
        {
            var folder = entry.Path[..slash];
            if (!folders.Add(folder))
            {
                return;
            }

            if (kinds.TryGetValue(folder, out var kind) && kind != ArchiveEntryKind.Folder)
            {
                throw new ArchiveFormatException($"It lies below '{folder}', which is a {kind.ToString().ToLowerInvariant()}.", entry.Offset, entry.Path);
            }
        }
    }

    // ".." behind a name could lead up from where that name, as a link, leads to; at the start it leads up from a real folder.
    private static void CheckLink(ArchiveEntry entry)
    {
        if (entry.LinkTarget is not { } target)
        {
            return;
        }

        var depth = entry.Path.Count(c => c == '/');
        var names = 0;
        foreach (var segment in target.Split('/'))
        {
            names += segment is "." or ".." ? 0 : 1;
            depth -= segment == ".." ? 1 : 0;
            if (depth < 0 || (segment == ".." && names > 0))
            {
                throw new ArchiveFormatException($"The link to '{target}' may lead out of the root.", entry.Offset, entry.Path);
            }
        }

        var plain = string.Join('/', target.Split('/').Where(s => s is not ("." or "..")));
        if (plain.Length > 0 && !RelativePath.IsValid(plain.TrimEnd('/'), out var reason))
        {
            throw new ArchiveFormatException($"The target '{target}' of the link is not a path below the root: {reason}.", entry.Offset, entry.Path);
        }

        if (target.Length == 0 || target[0] == '/')
        {
            throw new ArchiveFormatException($"The target '{target}' of the link is {(target.Length == 0 ? "empty" : "absolute")}.", entry.Offset, entry.Path);
        }
    }

    private static void CheckCase(List<ArchiveEntry> entries)
    {
        var spellings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            for (var end = entry.Path.Length; end > 0; end = entry.Path.LastIndexOf('/', end - 1))
            {
                var path = entry.Path[..end];
                if (!spellings.TryAdd(path, path) && spellings[path] != path)
                {
                    throw new ArchiveFormatException($"The name differs from '{spellings[path]}' only by case.", entry.Offset, entry.Path);
                }
            }
        }
    }
}
