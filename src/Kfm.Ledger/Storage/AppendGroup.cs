namespace Kfm.Ledger.Storage;

/// <summary>Leaves that one caller appends together: all of them, or none.</summary>
public sealed class AppendGroup
{
    /// <summary>Creates a group.</summary>
    /// <param name="leaves">The leaves, at least one, in the order in which they shall stand.</param>
    /// <exception cref="ArgumentException">There is no leaf.</exception>
    public AppendGroup(IReadOnlyList<LogLeaf> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        Leaves = leaves.Count > 0 ? leaves : throw new ArgumentException("A group has at least one leaf.", nameof(leaves));
        foreach (var leaf in leaves)
        {
            ByteCount += leaf.Bytes.Length;
        }
    }

    /// <summary>The leaves.</summary>
    public IReadOnlyList<LogLeaf> Leaves { get; }

    /// <summary>The bytes of all leaves together.</summary>
    public long ByteCount { get; }
}
