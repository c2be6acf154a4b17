using Kfm.Provenance.Merkle;

namespace Kfm.Provenance.Sigstore.Bundles;

/// <summary>Reads the entries of transparency logs in a bundle.</summary>
internal static class LogEntryReader
{
    private const string Path = VerificationMaterial.Path + "/tlogEntries";
    private const int MaxEntries = 32;
    private const int MaxHashes = 64;

    // The last instant that the platform's calendar has.
    private const long MaxTime = 253_402_300_799;

    public static LogEntry[] ReadAll(ref JsonWalk walk)
    {
        List<LogEntry> entries = new(1);
        walk.Array(Path);
        while (walk.Item())
        {
            entries.Add(entries.Count < MaxEntries ? Read(ref walk) : throw walk.Error(SigstoreErrorCode.LimitExceeded, $"There are more than {MaxEntries} entries.", Path));
        }

        return [.. entries];
    }

    /// <summary>Reads one entry, also from the answer of a log.</summary>
    public static LogEntry Read(ref JsonWalk walk)
    {
        var seen = 0u;
        var (index, time) = (0L, 0L);
        byte[]? id = null, promise = null, body = null;
        (string? Kind, string? Version) kind = default;
        InclusionProof? proof = null;
        walk.Object(Path);
        while (walk.Member())
        {
            if (walk.Is("logIndex"u8))
            {
                index = walk.Value(ref seen, 0, Path + "/logIndex") ? walk.Number(Path + "/logIndex") : 0;
            }
            else if (walk.Is("logId"u8))
            {
                id = walk.Value(ref seen, 1, Path + "/logId") ? Only(ref walk, "keyId"u8, Path + "/logId") : null;
            }
            else if (walk.Is("kindVersion"u8))
            {
                kind = walk.Value(ref seen, 2, Path + "/kindVersion") ? Kind(ref walk) : default;
            }
            else if (walk.Is("integratedTime"u8))
            {
                time = walk.Value(ref seen, 3, Path + "/integratedTime") ? walk.Number(Path + "/integratedTime") : 0;
            }
            else if (walk.Is("inclusionPromise"u8))
            {
                promise = walk.Value(ref seen, 4, Path + "/inclusionPromise") ? Only(ref walk, "signedEntryTimestamp"u8, Path + "/inclusionPromise") : null;
            }
            else if (walk.Is("inclusionProof"u8))
            {
                proof = walk.Value(ref seen, 5, Path + "/inclusionProof") ? Proof(ref walk) : null;
            }
            else if (walk.Is("canonicalizedBody"u8))
            {
                body = walk.Value(ref seen, 6, Path + "/canonicalizedBody") ? walk.Bytes(Path + "/canonicalizedBody") : null;
            }
            else
            {
                walk.SkipMember();
            }
        }

        if (id is not { Length: 32 } || body is not { Length: > 0 } || string.IsNullOrEmpty(kind.Kind) || string.IsNullOrEmpty(kind.Version) || time > MaxTime)
        {
            throw walk.Error(SigstoreErrorCode.InvalidMember, "An entry has a logId of 32 bytes, kindVersion, canonicalizedBody, and a time of the calendar.", Path);
        }

        return new()
        {
            LogIndex = index,
            LogId = id,
            Kind = kind.Kind,
            Version = kind.Version,
            IntegratedTime = time,
            Promise = promise is { Length: > 0 } ? promise : null,
            Proof = proof,
            Body = body,
        };
    }

    private static (string?, string?) Kind(ref JsonWalk walk)
    {
        var seen = 0u;
        string? kind = null, version = null;
        walk.Object(Path + "/kindVersion");
        while (walk.Member())
        {
            if (walk.Is("kind"u8))
            {
                kind = walk.Value(ref seen, 0, Path + "/kindVersion/kind") ? walk.Text(Path + "/kindVersion/kind") : null;
            }
            else if (walk.Is("version"u8))
            {
                version = walk.Value(ref seen, 1, Path + "/kindVersion/version") ? walk.Text(Path + "/kindVersion/version") : null;
            }
            else
            {
                walk.SkipMember();
            }
        }

        return (kind, version);
    }

    private static InclusionProof Proof(ref JsonWalk walk)
    {
        const string path = Path + "/inclusionProof";
        var seen = 0u;
        var (index, size) = (0L, 0L);
        MerkleHash? root = null;
        MerkleHash[] hashes = [];
        byte[]? checkpoint = null;
        walk.Object(path);
        while (walk.Member())
        {
            if (walk.Is("logIndex"u8))
            {
                index = walk.Value(ref seen, 0, path + "/logIndex") ? walk.Number(path + "/logIndex") : 0;
            }
            else if (walk.Is("treeSize"u8))
            {
                size = walk.Value(ref seen, 1, path + "/treeSize") ? walk.Number(path + "/treeSize") : 0;
            }
            else if (walk.Is("rootHash"u8))
            {
                root = walk.Value(ref seen, 2, path + "/rootHash") ? Hash(ref walk, path + "/rootHash") : null;
            }
            else if (walk.Is("hashes"u8))
            {
                hashes = walk.Value(ref seen, 3, path + "/hashes") ? Hashes(ref walk, path + "/hashes") : [];
            }
            else if (walk.Is("checkpoint"u8))
            {
                checkpoint = walk.Value(ref seen, 4, path + "/checkpoint") ? Checkpoint(ref walk, path + "/checkpoint") : null;
            }
            else
            {
                walk.SkipMember();
            }
        }

        return new(
            (ulong)index,
            (ulong)size,
            root ?? throw walk.Error(SigstoreErrorCode.MissingMember, "rootHash is missing.", path),
            hashes,
            checkpoint);
    }

    private static MerkleHash Hash(ref JsonWalk walk, string path)
    {
        Span<byte> bytes = stackalloc byte[MerkleHash.Size];
        return walk.TryBytes(bytes, path) ? MerkleHash.FromBytes(bytes) : throw walk.Error(SigstoreErrorCode.InvalidMember, "A hash is the base64 of 32 bytes.", path);
    }

    private static MerkleHash[] Hashes(ref JsonWalk walk, string path)
    {
        Span<MerkleHash> hashes = stackalloc MerkleHash[MaxHashes];
        var count = 0;
        walk.Array(path);
        while (walk.Item())
        {
            hashes[count < MaxHashes ? count++ : throw walk.Error(SigstoreErrorCode.LimitExceeded, $"A proof has at most {MaxHashes} hashes.", path)] = Hash(ref walk, path);
        }

        return hashes[..count].ToArray();
    }

    private static byte[]? Checkpoint(ref JsonWalk walk, string path)
    {
        var seen = 0u;
        byte[]? envelope = null;
        walk.Object(path);
        while (walk.Member())
        {
            if (walk.Is("envelope"u8))
            {
                envelope = walk.Value(ref seen, 0, path + "/envelope") ? walk.Utf8(path + "/envelope") : null;
            }
            else
            {
                walk.SkipMember();
            }
        }

        return envelope is { Length: > 0 } ? envelope : null;
    }

    private static byte[]? Only(ref JsonWalk walk, ReadOnlySpan<byte> member, string path)
    {
        var seen = 0u;
        byte[]? bytes = null;
        walk.Object(path);
        while (walk.Member())
        {
            if (walk.Is(member))
            {
                bytes = walk.Value(ref seen, 0, path) ? walk.Bytes(path) : null;
            }
            else
            {
                walk.SkipMember();
            }
        }

        return bytes;
    }
}
