using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kfm.Agent.Git;

/// <summary>All files of one git tree, by path; computes the ids that git gives.</summary>
public sealed class GitTree
{
    private readonly SortedDictionary<string, TreeEntry> _entries;

    /// <summary>Creates a tree.</summary>
    /// <param name="entries">Its files, each path once.</param>
    /// <exception cref="ArgumentException">A path is there twice.</exception>
    public GitTree(IEnumerable<TreeEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = new SortedDictionary<string, TreeEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            _entries.Add(entry.Path, entry);
        }
    }

    /// <summary>The files, sorted by path (ordinal).</summary>
    public IReadOnlyCollection<TreeEntry> Entries => _entries.Values;

    /// <summary>Finds a file.</summary>
    /// <param name="path">The path from the root.</param>
    /// <param name="entry">The file, when it is there.</param>
    /// <returns>Whether it is there.</returns>
    public bool TryGet(string path, [NotNullWhen(true)] out TreeEntry? entry) => _entries.TryGetValue(path, out entry);

    /// <summary>The id that git gives to the tree: SHA-1 over its tree objects.</summary>
    /// <remarks>An empty directory does not exist in git, so a directory is there when a file is in it.</remarks>
    public string ComputeId()
    {
        var root = new Node();
        foreach (var entry in _entries.Values)
        {
            root.Add(entry.Path.Split('/'), entry);
        }

        return Convert.ToHexStringLower(root.Hash());
    }

    /// <summary>The id that git gives to a blob.</summary>
    /// <param name="content">The bytes of the file.</param>
    public static string BlobId(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(HashObject("blob", content));

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "git names objects by SHA-1; Kfm's own digests are SHA-256.")]
    private static byte[] HashObject(string type, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type} {content.Length}\0")));
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }

    private sealed class Node
    {
        private readonly Dictionary<string, Node> _directories = new(StringComparer.Ordinal);
        private readonly List<(string Name, TreeEntry Entry)> _files = [];

        public void Add(ReadOnlySpan<string> names, TreeEntry entry)
        {
            if (names.Length == 1)
            {
                _files.Add((names[0], entry));
                return;
            }

            if (!_directories.TryGetValue(names[0], out var directory))
            {
                _directories.Add(names[0], directory = new Node());
            }

            directory.Add(names[1..], entry);
        }

        public byte[] Hash()
        {
            // git sorts by bytes and compares a directory as if its name ended in a slash.
            var rows = _files.Select(f => (Key: Bytes(f.Name), Name: Bytes(f.Name), f.Entry.Mode, Id: Convert.FromHexString(f.Entry.Id)))
                .Concat(_directories.Select(d => (Key: Bytes(d.Key + "/"), Name: Bytes(d.Key), Mode: "40000", Id: d.Value.Hash())))
                .ToList();
            rows.Sort((left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key));
            using var content = new MemoryStream();
            foreach (var (_, name, mode, id) in rows)
            {
                content.Write(Encoding.ASCII.GetBytes(mode + " "));
                content.Write(name);
                content.WriteByte(0);
                content.Write(id);
            }

            return HashObject("tree", content.ToArray());
        }

        private static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(name);
    }
}
