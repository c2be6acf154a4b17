using Kfm.Agent.Patches;
using Kfm.Provenance.Manifests;

namespace Kfm.Agent.Codegen.Commands;

/// <summary>What an agent left in its tree, read as plain files. Its own <c>.git</c> is not looked into.</summary>
internal sealed class AgentTree
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
    private readonly Dictionary<string, FileInfo> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly List<string> _special = [];
    private readonly int _mostEntries;
    private int _entries;

    private AgentTree(int mostEntries) => _mostEntries = mostEntries;

    /// <summary>The regular files by path.</summary>
    public IReadOnlyDictionary<string, FileInfo> Files => _files;

    /// <summary>The targets of the links by path.</summary>
    public IReadOnlyDictionary<string, string> Links => _links;

    /// <summary>The paths of pipes, sockets and devices.</summary>
    public IReadOnlyList<string> Special => _special;

    /// <summary>Reads a tree.</summary>
    /// <exception cref="CommandAgentException">It has too many entries, a repository within, a name that is not UTF-8, or a folder that cannot be read.</exception>
    public static AgentTree Read(string root, int mostEntries)
    {
        var tree = new AgentTree(mostEntries);
        try
        {
            tree.Walk(root);
            return tree;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandAgentException("a folder of the tree that the agent left cannot be read", e);
        }
    }

    private void Walk(string root)
    {
        var folders = new Stack<string>([""]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in new DirectoryInfo(Path.Combine(root, folder)).EnumerateFileSystemInfos("*", All))
            {
                var path = folder + entry.Name;
                if (path == ".git")
                {
                    continue;
                }

                Check(path, entry.Name);
                if (entry.LinkTarget is { } target)
                {
                    _links.Add(path, target);
                }
                else if (entry is DirectoryInfo)
                {
                    folders.Push(path + "/");
                }
                else if (RegularFile.Exists(entry.FullName))
                {
                    _files.Add(path, (FileInfo)entry);
                }
                else
                {
                    _special.Add(path);
                }
            }
        }
    }

    private void Check(string path, string name)
    {
        if (++_entries > _mostEntries)
        {
            throw new CommandAgentException(FormattableString.Invariant($"the agent left more than {_mostEntries} files and folders"));
        }

        if (name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            throw new CommandAgentException("the agent left a name that is not UTF-8");
        }

        if (GitNames.IsGitDirectory(name))
        {
            throw new CommandAgentException($"the agent left a git repository, or what is taken for one, inside of the tree: {path}");
        }
    }
}
