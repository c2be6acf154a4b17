namespace Kfm.Provenance.Sigstore.Bundles;

/// <summary>What a bundle signs: a message (sigstore_common.proto, MessageSignature) or an envelope (DSSE).</summary>
internal sealed class SignedContent
{
    private const string Message = "/messageSignature";
    private const string Envelope = "/dsseEnvelope";

    public byte[]? Payload { get; private init; }

    public string? PayloadType { get; private init; }

    public required byte[] Signature { get; init; }

    public byte[]? Digest { get; private init; }

    public static SignedContent ReadMessage(ref JsonWalk walk)
    {
        var seen = 0u;
        byte[]? signature = null;
        byte[]? digest = null;
        walk.Object(Message);
        while (walk.Member())
        {
            if (walk.Is("signature"u8))
            {
                signature = walk.Value(ref seen, 0, Message + "/signature") ? walk.Bytes(Message + "/signature") : null;
            }
            else if (walk.Is("messageDigest"u8))
            {
                digest = walk.Value(ref seen, 1, Message + "/messageDigest") ? ReadDigest(ref walk) : null;
            }
            else
            {
                walk.SkipMember();
            }
        }

        return new() { Signature = Present(ref walk, signature, Message), Digest = digest };
    }

    public static SignedContent ReadEnvelope(ref JsonWalk walk)
    {
        var seen = 0u;
        byte[]? payload = null;
        string? type = null;
        byte[]? signature = null;
        walk.Object(Envelope);
        while (walk.Member())
        {
            if (walk.Is("payload"u8))
            {
                payload = walk.Value(ref seen, 0, Envelope + "/payload") ? walk.Bytes(Envelope + "/payload") : null;
            }
            else if (walk.Is("payloadType"u8))
            {
                type = walk.Value(ref seen, 1, Envelope + "/payloadType") ? walk.Text(Envelope + "/payloadType") : null;
            }
            else if (walk.Is("signatures"u8))
            {
                signature = walk.Value(ref seen, 2, Envelope + "/signatures") ? ReadSignatures(ref walk) : null;
            }
            else
            {
                walk.SkipMember();
            }
        }

        return string.IsNullOrEmpty(type)
            ? throw walk.Error(SigstoreErrorCode.MissingMember, "payloadType is missing or empty.", Envelope)
            : new()
            {
                Payload = payload ?? throw walk.Error(SigstoreErrorCode.MissingMember, "payload is missing.", Envelope),
                PayloadType = type,
                Signature = Present(ref walk, signature, Envelope + "/signatures"),
            };
    }

    private static byte[] Present(ref JsonWalk walk, byte[]? signature, string path) => signature is { Length: > 0 }
        ? signature
        : throw walk.Error(SigstoreErrorCode.MissingMember, "The signature is missing or empty.", path);

    // The algorithm is a hint like the digest; the length tells it, and a contradiction is refused.
    private static byte[]? ReadDigest(ref JsonWalk walk)
    {
        const string path = Message + "/messageDigest";
        var seen = 0u;
        byte[]? digest = null;
        var length = 0;
        walk.Object(path);
        while (walk.Member())
        {
            if (walk.Is("digest"u8))
            {
                digest = walk.Value(ref seen, 0, path + "/digest") ? walk.Bytes(path + "/digest") : null;
            }
            else if (walk.Is("algorithm"u8))
            {
                length = walk.Value(ref seen, 1, path + "/algorithm") ? Length(walk.Text(path + "/algorithm")) : 0;
            }
            else
            {
                walk.SkipMember();
            }
        }

        return digest is null || digest.Length == length
            ? digest
            : throw walk.Error(SigstoreErrorCode.InvalidMember, "The digest is not one of its algorithm; SHA2_256, SHA2_384 and SHA2_512 are read.", path);
    }

    private static int Length(string algorithm) => algorithm switch { "SHA2_256" => 32, "SHA2_384" => 48, "SHA2_512" => 64, _ => -1 };

    // sigstore_bundle.proto: an envelope in a bundle has exactly one signature.
    private static byte[]? ReadSignatures(ref JsonWalk walk)
    {
        const string path = Envelope + "/signatures";
        byte[]? signature = null;
        var count = 0;
        walk.Array(path);
        while (walk.Item())
        {
            if (++count > 1)
            {
                throw walk.Error(SigstoreErrorCode.LimitExceeded, "The envelope of a bundle has exactly one signature.", path);
            }

            var seen = 0u;
            walk.Object(path + "/0");
            while (walk.Member())
            {
                if (walk.Is("sig"u8))
                {
                    signature = walk.Value(ref seen, 0, path + "/0/sig") ? walk.Bytes(path + "/0/sig") : null;
                }
                else
                {
                    walk.SkipMember();
                }
            }
        }

        return signature;
    }
}
