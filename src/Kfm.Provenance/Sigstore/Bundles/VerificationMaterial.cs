namespace Kfm.Provenance.Sigstore.Bundles;

/// <summary>Who signed, and the evidence of when (sigstore_bundle.proto, VerificationMaterial).</summary>
internal sealed class VerificationMaterial
{
    public const string Path = "/verificationMaterial";
    private const int MaxCertificates = 8;
    private const int MaxTimestamps = 32;

    public byte[][] Certificates { get; private set; } = [];

    public bool IsChain { get; private set; }

    public string? KeyHint { get; private set; }

    public LogEntry[] LogEntries { get; private set; } = [];

    public byte[][] Timestamps { get; private set; } = [];

    public static VerificationMaterial Read(ref JsonWalk walk)
    {
        var material = new VerificationMaterial();
        var (seen, signers) = (0u, 0);
        walk.Object(Path);
        while (walk.Member())
        {
            if (walk.Is("certificate"u8))
            {
                signers += walk.Value(ref seen, 0, Path + "/certificate") ? material.ReadCertificate(ref walk) : 0;
            }
            else if (walk.Is("x509CertificateChain"u8))
            {
                signers += walk.Value(ref seen, 1, Path + "/x509CertificateChain") ? material.ReadChain(ref walk) : 0;
            }
            else if (walk.Is("publicKey"u8))
            {
                signers += walk.Value(ref seen, 2, Path + "/publicKey") ? material.ReadKey(ref walk) : 0;
            }
            else if (walk.Is("tlogEntries"u8))
            {
                material.LogEntries = walk.Value(ref seen, 3, Path + "/tlogEntries") ? LogEntryReader.ReadAll(ref walk) : [];
            }
            else if (walk.Is("timestampVerificationData"u8))
            {
                material.Timestamps = walk.Value(ref seen, 4, Path + "/timestampVerificationData") ? ReadTimestamps(ref walk) : [];
            }
            else
            {
                walk.SkipMember();
            }
        }

        return signers switch
        {
            1 => material,
            0 => throw walk.Error(SigstoreErrorCode.MissingMember, "certificate, x509CertificateChain or publicKey is missing.", Path),
            _ => throw walk.Error(SigstoreErrorCode.ConflictingMembers, "certificate, x509CertificateChain and publicKey exclude each other.", Path),
        };
    }

    private int ReadCertificate(ref JsonWalk walk)
    {
        Certificates = [RawBytes(ref walk, "rawBytes"u8, Path + "/certificate")];
        return 1;
    }

    private int ReadChain(ref JsonWalk walk)
    {
        const string path = Path + "/x509CertificateChain";
        var seen = 0u;
        walk.Object(path);
        while (walk.Member())
        {
            if (walk.Is("certificates"u8))
            {
                Certificates = walk.Value(ref seen, 0, path + "/certificates") ? All(ref walk, "rawBytes"u8, path + "/certificates", MaxCertificates) : [];
            }
            else
            {
                walk.SkipMember();
            }
        }

        IsChain = true;
        return Certificates.Length > 0 ? 1 : throw walk.Error(SigstoreErrorCode.EmptyCertificateChain, "The chain has no certificate.", path);
    }

    private int ReadKey(ref JsonWalk walk)
    {
        const string path = Path + "/publicKey";
        var seen = 0u;
        KeyHint = "";
        walk.Object(path);
        while (walk.Member())
        {
            if (walk.Is("hint"u8))
            {
                KeyHint = walk.Value(ref seen, 0, path + "/hint") ? walk.Text(path + "/hint") : "";
            }
            else
            {
                walk.SkipMember();
            }
        }

        return 1;
    }

    private static byte[][] ReadTimestamps(ref JsonWalk walk)
    {
        const string path = Path + "/timestampVerificationData";
        var seen = 0u;
        byte[][] timestamps = [];
        walk.Object(path);
        while (walk.Member())
        {
            if (walk.Is("rfc3161Timestamps"u8))
            {
                timestamps = walk.Value(ref seen, 0, path + "/rfc3161Timestamps")
                    ? All(ref walk, "signedTimestamp"u8, path + "/rfc3161Timestamps", MaxTimestamps)
                    : [];
            }
            else
            {
                walk.SkipMember();
            }
        }

        return timestamps;
    }

    private static byte[][] All(ref JsonWalk walk, ReadOnlySpan<byte> member, string path, int most)
    {
        List<byte[]> items = new(1);
        walk.Array(path);
        while (walk.Item())
        {
            items.Add(items.Count < most ? RawBytes(ref walk, member, path) : throw walk.Error(SigstoreErrorCode.LimitExceeded, $"There are more than {most}.", path));
        }

        return [.. items];
    }

    private static byte[] RawBytes(ref JsonWalk walk, ReadOnlySpan<byte> member, string path)
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

        return bytes is { Length: > 0 } ? bytes : throw walk.Error(SigstoreErrorCode.MissingMember, "The bytes are missing or empty.", path);
    }
}
