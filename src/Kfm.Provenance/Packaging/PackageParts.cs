using System.Text;
using Kfm.Provenance.Manifests;

namespace Kfm.Provenance.Packaging;

/// <summary>The files and links of a package while it is normalized.</summary>
internal sealed class PackageParts
{
    // Metadata is small; what is larger is no metadata that a tool would write, and stays as it is.
    private const int MaxRewritten = 8 << 20;
    private readonly Dictionary<string, ArchiveItem> _items;
    private readonly SortedSet<string> _rewritten = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _removed = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _renamed = new(StringComparer.Ordinal);

    private PackageParts(Dictionary<string, ArchiveItem> items) => _items = items;

    /// <summary>Ranks paths: lower ones come first, equal ones by their UTF-8 bytes.</summary>
    public Func<string, int> Rank { get; set; } = _ => 0;

    public IReadOnlyList<string> Rewritten => [.. _rewritten];

    public IReadOnlyList<string> Removed => [.. _removed];

    public IReadOnlyList<string> Renamed => [.. _renamed];

    public IReadOnlyList<string> Paths => [.. _items.Keys.Order(PathOrder.Instance)];

    public static PackageParts Of(ArchiveReader archive) => new(archive.Entries.Where(e => e.Kind != ArchiveEntryKind.Folder)
        .ToDictionary(e => e.Path, e => ArchiveItem.OfEntry(archive, e), StringComparer.Ordinal));

    public List<ArchiveItem> InOrder() => [.. _items.Values.OrderBy(i => Rank(i.Path)).ThenBy(i => i.Path, PathOrder.Instance)];

    public void Remove(string path)
    {
        _items.Remove(path);
        _removed.Add(path);
    }

    /// <summary>Gives a file another name, unless that one is taken.</summary>
    public bool Rename(string path, string name)
    {
        if (path == name || _items.ContainsKey(name))
        {
            return path == name;
        }

        _items[name] = _items[path].Named(name);
        _items.Remove(path);
        _renamed.Add(path);
        return true;
    }

    /// <summary>Rewrites a text; one that is not UTF-8, or that the function returns as null, stays.</summary>
    public void Rewrite(string path, Func<string, string?> rewrite)
    {
        if (!_items.TryGetValue(path, out var item) || item.Size > MaxRewritten || item.LinkTarget is not null)
        {
            return;
        }

        var bytes = item.ReadAll();
        if (!System.Text.Unicode.Utf8.IsValid(bytes) || rewrite(Encoding.UTF8.GetString(bytes)) is not { } text)
        {
            return;
        }

        var written = Encoding.UTF8.GetBytes(text);
        if (!written.AsSpan().SequenceEqual(bytes))
        {
            _items[path] = ArchiveItem.OfBytes(path, written, item.IsExecutable);
            _rewritten.Add(path);
        }
    }
}
