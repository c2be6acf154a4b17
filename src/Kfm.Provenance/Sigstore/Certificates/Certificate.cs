using System.Security.Cryptography;
using Kfm.Provenance.Sigstore.Keys;

namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>An X.509 certificate of version 3 (RFC 5280): where its parts stand, and what its extensions say. Nothing is verified.</summary>
internal sealed class Certificate
{
    private SignatureKey? _key;
    private byte[]? _keyHash;

    internal Certificate(byte[] raw) => Raw = raw;

    public byte[] Raw { get; }

    /// <summary>The TBSCertificate, header included.</summary>
    public Slice Tbs { get; internal set; }

    public Slice Issuer { get; internal set; }

    public Slice Subject { get; internal set; }

    public Slice Serial { get; internal set; }

    public Slice Spki { get; internal set; }

    public Slice Signature { get; internal set; }

    /// <summary>The list of extensions: the contents of the sequence within [3].</summary>
    public Slice Extensions { get; internal set; }

    public SignatureAlgorithm? Scheme { get; internal set; }

    public DateTimeOffset NotBefore { get; internal set; }

    public DateTimeOffset NotAfter { get; internal set; }

    /// <summary>Null when the extension is missing.</summary>
    public KeyUsages? Usages { get; internal set; }

    public bool IsAuthority { get; internal set; }

    /// <summary>How many intermediates may follow; null for any number.</summary>
    public int? PathLength { get; internal set; }

    public bool HasPurposes { get; internal set; }

    public bool PurposesAreCritical { get; internal set; }

    public int PurposeCount { get; internal set; }

    public bool ForCodeSigning { get; internal set; }

    public bool ForTimeStamping { get; internal set; }

    public Slice SubjectKeyId { get; internal set; }

    public Slice AuthorityKeyId { get; internal set; }

    /// <summary>The GeneralNames of the subject alternative name, header included.</summary>
    public Slice AlternativeName { get; internal set; }

    /// <summary>The whole extension with the embedded SCTs.</summary>
    public Slice SctExtension { get; internal set; }

    /// <summary>The TLS structure within it.</summary>
    public Slice SctList { get; internal set; }

    public bool HasUnknownCriticalExtension { get; internal set; }

    /// <summary>Subject and issuer are the same name and, where they are told, the same key.</summary>
    public bool IsSelfIssued => Issuer.Of(Raw).SequenceEqual(Subject.Of(Raw))
        && (SubjectKeyId.IsEmpty || AuthorityKeyId.IsEmpty || SubjectKeyId.Of(Raw).SequenceEqual(AuthorityKeyId.Of(Raw)));

    /// <summary>The SHA-256 of the SubjectPublicKeyInfo.</summary>
    public ReadOnlySpan<byte> KeyHash => _keyHash ??= SHA256.HashData(Spki.Of(Raw));

    /// <summary>The public key; null when it is malformed or its algorithm is not supported.</summary>
    public SignatureKey? Key
    {
        get
        {
            try
            {
                return _key ??= SignatureKey.FromSpki(Spki.Of(Raw));
            }
            catch (DerFormatException)
            {
                return null;
            }
        }
    }

    /// <summary>Both ends of the interval belong to it (RFC 5280, 4.1.2.5).</summary>
    public bool IsValidAt(DateTimeOffset time) => NotBefore <= time && time < NotAfter.AddSeconds(1);

    /// <summary>Whether this certificate may have issued another one, by name and key identifier; the signature decides.</summary>
    public bool MayHaveIssued(Certificate other) => other.Issuer.Of(other.Raw).SequenceEqual(Subject.Of(Raw))
        && (other.AuthorityKeyId.IsEmpty || SubjectKeyId.IsEmpty || other.AuthorityKeyId.Of(other.Raw).SequenceEqual(SubjectKeyId.Of(Raw)));

    /// <summary>Whether this certificate may issue one that has so many intermediates below it (RFC 5280, 6.1.4).</summary>
    public bool MayIssue(int intermediatesBelow) => IsAuthority && !HasUnknownCriticalExtension
        && (Usages is not { } usages || usages.HasFlag(KeyUsages.KeyCertSign))
        && !(PathLength < intermediatesBelow);

    /// <summary>Whether the key of this certificate signed another one.</summary>
    public bool HasSigned(Certificate other) =>
        other.Scheme is { } scheme && Key is { } key && key.Verify(scheme, other.Tbs.Of(other.Raw), other.Signature.Of(other.Raw));

    public bool IsSameAs(Certificate other) => Raw.AsSpan().SequenceEqual(other.Raw);
}
