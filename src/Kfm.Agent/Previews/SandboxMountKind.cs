namespace Kfm.Agent.Previews;

/// <summary>What a command may do with a path.</summary>
internal enum SandboxMountKind
{
    /// <summary>Read it.</summary>
    ReadOnly,

    /// <summary>Read and write it.</summary>
    Writable,

    /// <summary>Nothing: a folder is empty and a file has no bytes.</summary>
    Hidden,
}
