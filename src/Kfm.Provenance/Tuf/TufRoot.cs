namespace Kfm.Provenance.Tuf;

/// <summary>Root metadata (TUF specification, 4.3): the keys of the four top-level roles.</summary>
internal sealed class TufRoot
{
    private static readonly string[] Roles = [TufRole.Root, TufRole.Timestamp, TufRole.Snapshot, TufRole.Targets];
    private readonly Dictionary<string, TufKey> _keys;
    private readonly Dictionary<string, TufRole> _roles;

    private TufRoot(TufMetadata metadata)
    {
        Metadata = metadata;
        ConsistentSnapshot = metadata.Signed.Optional("consistent_snapshot")?.Flag() ?? false;
        _keys = TufRole.ReadKeys(metadata.Signed.Member("keys"));
        var roles = metadata.Signed.Member("roles");
        _roles = Roles.ToDictionary(r => r, r => TufRole.Read(roles.Member(r)), StringComparer.Ordinal);
    }

    public TufMetadata Metadata { get; }

    public bool ConsistentSnapshot { get; }

    public static TufRoot Read(ReadOnlyMemory<byte> bytes) => new(TufMetadata.Read(bytes, TufRole.Root, TufRole.Root));

    /// <summary>Refuses metadata of a top-level role that its keys did not sign.</summary>
    public void Require(TufMetadata metadata, string role) => _roles[role].Require(metadata, _keys, role);
}
