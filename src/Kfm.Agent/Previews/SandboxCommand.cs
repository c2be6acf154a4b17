namespace Kfm.Agent.Previews;

/// <summary>A command of a repository, and all that it may see and change.</summary>
/// <param name="Arguments">The program and its arguments; no shell reads them.</param>
/// <param name="WorkingDirectory">The absolute path of the directory in which the command starts; it is writable.</param>
public sealed record SandboxCommand(IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>Whether the command has a network.</summary>
    /// <value>False by default: only a loopback device that nobody else is on.</value>
    public bool Network { get; init; }

    /// <summary>Absolute paths that the command may write to besides its working directory.</summary>
    public IReadOnlyList<string> WritablePaths { get; init; } = [];

    /// <summary>Absolute paths that the command may read although they lie in a hidden one.</summary>
    public IReadOnlyList<string> ReadOnlyPaths { get; init; } = [];

    /// <summary>Absolute paths that the command finds empty: keys, ledgers, the home of the user. Of nested paths the deepest decides.</summary>
    public IReadOnlyList<string> HiddenPaths { get; init; } = [];

    /// <summary>The whole environment of the command.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The bytes of standard input.</summary>
    /// <value>Empty by default.</value>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>How many bytes of each of standard output and standard error are kept; the rest is read and dropped.</summary>
    /// <value>16 MiB by default.</value>
    public int OutputLimit { get; init; } = 16 << 20;

    /// <summary>The permission bits that new files do not get, 0 to 0777; null for those of this process. Unix only.</summary>
    public int? Umask { get; init; }

    /// <summary>How long the command may take until it and all that it started are killed.</summary>
    /// <value>Ten minutes by default.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}
