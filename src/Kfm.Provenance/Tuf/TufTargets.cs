using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tuf;

/// <summary>Targets metadata, top-level or delegated (TUF specification, 4.5).</summary>
internal sealed class TufTargets
{
    private readonly Dictionary<string, TufTargetFile> _files = new(StringComparer.Ordinal);

    private TufTargets(TufMetadata metadata, string role)
    {
        Metadata = metadata;
        foreach (var (path, file) in metadata.Signed.Member("targets").Members())
        {
            _files[path] = new TufTargetFile(path, file.Member("length").Count(), TufFileDescription.ReadHashes(file.Member("hashes")), role);
        }

        Delegations = metadata.Signed.Optional("delegations") is { } delegations ? TufDelegations.Read(delegations) : null;
    }

    public TufMetadata Metadata { get; }

    public TufDelegations? Delegations { get; }

    public static TufTargets Read(ReadOnlyMemory<byte> bytes, string role) => new(TufMetadata.Read(bytes, TufRole.Targets, role), role);

    public TufTargetFile? Find(string path) => _files.GetValueOrDefault(path);
}
