namespace Kfm.Ledger.Erasure;

/// <summary>Where the keys of sealed fields are kept.</summary>
public sealed record SubjectKeyOptions
{
    /// <summary>
    /// The path of the key database: another file than the log, outside of what is backed up with the log. Missing directories are created for
    /// the owner only (mode 0700), the file with mode 0600.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>
    /// 32 random bytes that wrap the keys in the file, kept apart from it: in a key store of the platform, or a file of the owner. Without them
    /// a stolen copy of the file opens nothing.
    /// </summary>
    public required ReadOnlyMemory<byte> MasterKey { get; init; }

    /// <summary>How long to wait for another process; whole seconds, at least 1.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
