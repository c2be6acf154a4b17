using System.Security.Cryptography;
using System.Text;

namespace Kfm.Provenance.Manifests;

/// <summary>A git tree object being put together (git, "Git Internals - Git Objects").</summary>
internal sealed class GitTreeNode(string prefix)
{
    private readonly List<(string SortKey, byte[] Entry)> _entries = [];

    /// <summary>The path of the folder and a slash; empty for the root.</summary>
    public string Prefix { get; } = prefix;

    public void Add(string mode, string name, byte[] hash)
    {
        // git sorts a folder as if its name ended with a slash.
        var key = mode == "40000" ? name + "/" : name;
        _entries.Add((key, [.. Encoding.UTF8.GetBytes($"{mode} {name}\0"), .. hash]));
    }

    public byte[] Hash(IncrementalHash hash)
    {
        _entries.Sort((a, b) => PathOrder.Instance.Compare(a.SortKey, b.SortKey));
        hash.AppendData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"tree {_entries.Sum(e => (long)e.Entry.Length)}\0")));
        foreach (var (_, entry) in _entries)
        {
            hash.AppendData(entry);
        }

        return hash.GetHashAndReset();
    }
}
