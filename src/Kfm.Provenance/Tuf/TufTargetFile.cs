namespace Kfm.Provenance.Tuf;

/// <summary>What trusted metadata says of a target (TUF specification, 4.5).</summary>
public sealed class TufTargetFile
{
    internal TufTargetFile(string path, int length, IReadOnlyDictionary<string, string> hashes, string role) =>
        (Path, Length, Hashes, Role) = (path, length, hashes, role);

    /// <summary>The path as metadata has it.</summary>
    public string Path { get; }

    /// <summary>The length in bytes.</summary>
    public int Length { get; }

    /// <summary>The hashes in lower-case hexadecimal digits by the names of their algorithms; at least one of sha256, sha384 and sha512.</summary>
    public IReadOnlyDictionary<string, string> Hashes { get; }

    /// <summary>The role that vouches for the target: <c>targets</c> or the name of a delegated role.</summary>
    public string Role { get; }
}
