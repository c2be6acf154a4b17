using Kfm.Provenance.Sigstore.Certificates;

namespace Kfm.Provenance.Sigstore.Keys;

/// <summary>Reads AlgorithmIdentifiers (RFC 5280, 4.1.1.2).</summary>
internal static class AlgorithmIdentifier
{
    /// <summary>The algorithm of the contents of an AlgorithmIdentifier; null when it is not supported.</summary>
    /// <param name="contents">The contents of the sequence.</param>
    /// <param name="digest">What <c>rsaEncryption</c> hashes with, as in CMS; null where the identifier must say it.</param>
    public static SignatureAlgorithm? Signature(ReadOnlySpan<byte> contents, SignatureAlgorithm? digest = null)
    {
        var reader = new DerReader(contents);
        var identifier = reader.Read(DerTag.ObjectIdentifier);
        if (identifier.Below(ObjectId.EcdsaWithSha2) is >= 2 and <= 4 and var ecdsa)
        {
            reader.End();
            return SignatureAlgorithm.EcdsaSha256 + (ecdsa - 2);
        }

        if (identifier.SequenceEqual(ObjectId.Ed25519))
        {
            reader.End();
            return SignatureAlgorithm.Ed25519;
        }

        var rsa = identifier.Below(ObjectId.Pkcs1);
        if (rsa is not (1 or >= 11 and <= 13))
        {
            return null;
        }

        EndOrNull(ref reader);
        return rsa > 1 ? SignatureAlgorithm.RsaSha256 + (rsa - 11) : digest;
    }

    /// <summary>The RSA algorithm with the hash of the contents of a digest's AlgorithmIdentifier; null when it is not SHA-256, -384 or -512.</summary>
    public static SignatureAlgorithm? RsaWithDigest(ReadOnlySpan<byte> contents)
    {
        var reader = new DerReader(contents);
        var identifier = reader.Read(DerTag.ObjectIdentifier);
        if (identifier.Below(ObjectId.Sha2) is not (>= 1 and <= 3 and var hash))
        {
            return null;
        }

        EndOrNull(ref reader);
        return SignatureAlgorithm.RsaSha256 + (hash - 1);
    }

    private static void EndOrNull(ref DerReader reader)
    {
        if (reader.TryRead(DerTag.Null, out var contents) && !contents.IsEmpty)
        {
            throw new DerFormatException("a null has contents");
        }

        reader.End();
    }
}
