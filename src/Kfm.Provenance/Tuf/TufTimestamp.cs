using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tuf;

/// <summary>Timestamp metadata (TUF specification, 4.6): which snapshot is the newest.</summary>
internal sealed class TufTimestamp
{
    private TufTimestamp(TufMetadata metadata)
    {
        Metadata = metadata;
        var files = metadata.Signed.Member("meta");
        Snapshot = files.Members().Count() == 1
            ? TufFileDescription.Read(files.Member("snapshot.json"))
            : throw files.Error("timestamp describes snapshot.json and nothing else");
    }

    public TufMetadata Metadata { get; }

    public TufFileDescription Snapshot { get; }

    public static TufTimestamp Read(ReadOnlyMemory<byte> bytes) => new(TufMetadata.Read(bytes, TufRole.Timestamp, TufRole.Timestamp));

    /// <summary>Refuses this timestamp after one that is newer (5.4.3).</summary>
    public void RequireNotOlderThan(TufTimestamp? trusted)
    {
        if (Metadata.Version < trusted?.Metadata.Version || Snapshot.Version < trusted?.Snapshot.Version)
        {
            throw new TufException(
                TufFailure.Rollback, TufRole.Timestamp, $"version {Metadata.Version} of snapshot {Snapshot.Version} follows version {trusted.Metadata.Version} of snapshot {trusted.Snapshot.Version}");
        }
    }
}
