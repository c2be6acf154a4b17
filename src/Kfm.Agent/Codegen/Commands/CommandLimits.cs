namespace Kfm.Agent.Codegen.Commands;

/// <summary>How much a command-line agent may print and leave.</summary>
public sealed record CommandLimits
{
    /// <summary>How many bytes of each of standard output and standard error are kept; the rest is dropped.</summary>
    /// <value>16 MiB by default.</value>
    public int OutputBytes { get; init; } = 16 << 20;

    /// <summary>How many bytes the session log may have; a longer one is not read.</summary>
    /// <value>32 MiB by default.</value>
    public int LogBytes { get; init; } = 32 << 20;

    /// <summary>How many files and folders the tree may have in the end, ignored ones among them.</summary>
    /// <value>1,000,000 by default.</value>
    public int TreeEntries { get; init; } = 1_000_000;

    /// <summary>How many bytes all changed and new files may have together.</summary>
    /// <value>256 MiB by default.</value>
    public long ChangedBytes { get; init; } = 256L << 20;

    /// <summary>How many bytes any one file may have that the agent writes.</summary>
    /// <value>1 GiB by default.</value>
    public long FileBytes { get; init; } = 1L << 30;
}
