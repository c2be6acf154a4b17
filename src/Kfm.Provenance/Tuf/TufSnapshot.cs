namespace Kfm.Provenance.Tuf;

/// <summary>Snapshot metadata (TUF specification, 4.4): the versions of all targets metadata that belong together.</summary>
internal sealed class TufSnapshot
{
    private readonly Dictionary<string, TufFileDescription> _files = new(StringComparer.Ordinal);

    private TufSnapshot(TufMetadata metadata)
    {
        Metadata = metadata;
        foreach (var (name, file) in metadata.Signed.Member("meta").Members())
        {
            _files[name] = TufFileDescription.Read(file);
        }
    }

    public TufMetadata Metadata { get; }

    public static TufSnapshot Read(ReadOnlyMemory<byte> bytes) => new(TufMetadata.Read(bytes, TufRole.Snapshot, TufRole.Snapshot));

    public TufFileDescription Of(string role) => _files.GetValueOrDefault(role + ".json")
        ?? throw new TufException(TufFailure.NotFound, role, "snapshot does not list the role");

    /// <summary>Refuses this snapshot when it takes back, or no longer lists, what a trusted one listed (5.5.5).</summary>
    public void RequireNotOlderThan(TufSnapshot? trusted)
    {
        foreach (var (name, old) in trusted?._files ?? [])
        {
            if (!_files.TryGetValue(name, out var file) || file.Version < old.Version)
            {
                throw new TufException(
                    TufFailure.Rollback, TufRole.Snapshot, $"{name} had version {old.Version} and now " + (file is null ? "is not listed" : $"has version {file.Version}"));
            }
        }
    }
}
