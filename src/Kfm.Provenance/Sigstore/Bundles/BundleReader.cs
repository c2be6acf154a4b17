using System.Text.Json;

namespace Kfm.Provenance.Sigstore.Bundles;

/// <summary>Reads the JSON of a bundle and holds it against the rules of its version.</summary>
internal static class BundleReader
{
    private const int MaxBytes = 64 * 1024 * 1024;

    public static SigstoreBundle Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            throw new SigstoreFormatException(new(SigstoreStage.Bundle, SigstoreErrorCode.LimitExceeded, $"A bundle has at most {MaxBytes} bytes."));
        }

        try
        {
            var walk = new JsonWalk(utf8, SigstoreStage.Bundle);
            var bundle = Root(ref walk);
            walk.End();
            return bundle;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SigstoreFormatException(new(SigstoreStage.Bundle, SigstoreErrorCode.MalformedJson, "The bundle is not JSON of Unicode text: " + e.Message), e);
        }
    }

    private static SigstoreBundle Root(ref JsonWalk walk)
    {
        var seen = 0u;
        BundleVersion? version = null;
        VerificationMaterial? material = null;
        SignedContent? content = null;
        walk.Object("");
        while (walk.Member())
        {
            if (walk.Is("mediaType"u8))
            {
                version = walk.Value(ref seen, 0, "/mediaType") ? Version(walk.Text("/mediaType")) : null;
            }
            else if (walk.Is("verificationMaterial"u8))
            {
                material = walk.Value(ref seen, 1, VerificationMaterial.Path) ? VerificationMaterial.Read(ref walk) : null;
            }
            else if (walk.Is("messageSignature"u8))
            {
                content = walk.Value(ref seen, 2, "/messageSignature") ? One(ref walk, content, SignedContent.ReadMessage(ref walk)) : content;
            }
            else if (walk.Is("dsseEnvelope"u8))
            {
                content = walk.Value(ref seen, 3, "/dsseEnvelope") ? One(ref walk, content, SignedContent.ReadEnvelope(ref walk)) : content;
            }
            else
            {
                walk.SkipMember();
            }
        }

        return Bundle(
            version ?? throw walk.Error(SigstoreErrorCode.MissingMember, "mediaType is missing.", ""),
            material ?? throw walk.Error(SigstoreErrorCode.MissingMember, "verificationMaterial is missing.", ""),
            content ?? throw walk.Error(SigstoreErrorCode.MissingMember, "messageSignature or dsseEnvelope is missing.", ""));
    }

    private static SignedContent One(ref JsonWalk walk, SignedContent? before, SignedContent content) => before is null
        ? content
        : throw walk.Error(SigstoreErrorCode.ConflictingMembers, "A bundle has either messageSignature or dsseEnvelope.", "");

    private static BundleVersion Version(string mediaType) => mediaType switch
    {
        "application/vnd.dev.sigstore.bundle+json;version=0.1" or "application/vnd.dev.sigstore.bundle.v0.1+json" => BundleVersion.V01,
        "application/vnd.dev.sigstore.bundle+json;version=0.2" or "application/vnd.dev.sigstore.bundle.v0.2+json" => BundleVersion.V02,
        "application/vnd.dev.sigstore.bundle+json;version=0.3" or "application/vnd.dev.sigstore.bundle.v0.3+json" => BundleVersion.V03,
        _ => throw new SigstoreFormatException(new(
            SigstoreStage.MediaType,
            SigstoreErrorCode.UnsupportedVersion,
            $"The media type '{(mediaType.Length > 200 ? mediaType[..200] : mediaType)}' is not that of a bundle 0.1, 0.2 or 0.3.",
            "/mediaType")),
    };

    private static SigstoreBundle Bundle(BundleVersion version, VerificationMaterial material, SignedContent content)
    {
        if (version == BundleVersion.V03 && material.IsChain)
        {
            throw Refused(SigstoreStage.Bundle, SigstoreErrorCode.ChainNotAllowed, "A bundle of version 0.3 has one certificate, not a chain.", VerificationMaterial.Path);
        }

        for (var i = 0; i < material.LogEntries.Length; i++)
        {
            CheckEntry(version, material.LogEntries[i], $"{VerificationMaterial.Path}/tlogEntries/{i}");
        }

        return new SigstoreBundle(version)
        {
            Certificates = material.Certificates,
            KeyHint = material.KeyHint,
            LogEntries = material.LogEntries,
            Timestamps = material.Timestamps,
            Payload = content.Payload,
            PayloadType = content.PayloadType,
            Signature = content.Signature,
            MessageDigest = content.Digest,
        };
    }

    private static void CheckEntry(BundleVersion version, LogEntry entry, string path)
    {
        if (version == BundleVersion.V01 && entry.Promise is null)
        {
            throw Refused(SigstoreStage.SignedEntryTimestamp, SigstoreErrorCode.MissingInclusionPromise, "An entry of a bundle 0.1 has an inclusion promise.", path);
        }

        if (version > BundleVersion.V01 && entry.Proof is null)
        {
            throw Refused(SigstoreStage.InclusionProof, SigstoreErrorCode.MissingInclusionProof, "An entry of a bundle 0.2 or later has an inclusion proof.", path);
        }
    }

    private static SigstoreFormatException Refused(SigstoreStage stage, SigstoreErrorCode code, string message, string path) =>
        new(new SigstoreError(stage, code, message, path));
}
