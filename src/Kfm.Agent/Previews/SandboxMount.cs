namespace Kfm.Agent.Previews;

/// <summary>What a command finds at a path.</summary>
internal sealed record SandboxMount(string Path, SandboxMountKind Kind)
{
    /// <summary>The mounts of a command in the order in which they are made: a deeper path stands on top of the one that holds it.</summary>
    /// <exception cref="ArgumentException">A path is not absolute.</exception>
    public static List<SandboxMount> Of(SandboxCommand command)
    {
        var kinds = new Dictionary<string, SandboxMountKind>(StringComparer.Ordinal);
        Add(command.ReadOnlyPaths, SandboxMountKind.ReadOnly);
        Add([command.WorkingDirectory, .. command.WritablePaths], SandboxMountKind.Writable);
        Add(command.HiddenPaths, SandboxMountKind.Hidden);
        return [.. kinds
            .Select(pair => new SandboxMount(pair.Key, pair.Value))
            .OrderBy(mount => mount.Path.Count(c => c == '/'))
            .ThenBy(mount => mount.Path, StringComparer.Ordinal)];

        void Add(IEnumerable<string> paths, SandboxMountKind kind)
        {
            foreach (var path in paths)
            {
                if (!System.IO.Path.IsPathRooted(path))
                {
                    throw new ArgumentException($"The path '{path}' is not absolute.", nameof(command));
                }

                // A path that is not there cannot be read or written; under a read-only root nobody inside can make it.
                if (RealPath.Of(path) is var real && System.IO.Path.Exists(real))
                {
                    kinds[real] = kind;
                }
            }
        }
    }
}
