using System.Security.Cryptography;

namespace Kfm.Provenance.Signing;

/// <summary>What the schemes are made of.</summary>
internal static class SchemeTable
{
    public const string P256 = "1.2.840.10045.3.1.7";
    public const string P384 = "1.3.132.0.34";
    public const string P521 = "1.3.132.0.35";

    public static HashAlgorithmName Hash(SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.EcdsaP256Sha256 or SignatureScheme.EcdsaP384Sha256
            or SignatureScheme.RsaPkcs1Sha256 or SignatureScheme.RsaPssSha256 => HashAlgorithmName.SHA256,
        SignatureScheme.EcdsaP384Sha384 or SignatureScheme.RsaPkcs1Sha384 or SignatureScheme.RsaPssSha384 => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };

    public static RSASignaturePadding Padding(SignatureScheme scheme) =>
        scheme is SignatureScheme.RsaPssSha256 or SignatureScheme.RsaPssSha384 or SignatureScheme.RsaPssSha512
            ? RSASignaturePadding.Pss
            : RSASignaturePadding.Pkcs1;

    /// <summary>The schemes of a curve by its object identifier, the default first; none when the curve is not supported.</summary>
    public static SignatureScheme[] OfCurve(string? oid) => oid switch
    {
        P256 => [SignatureScheme.EcdsaP256Sha256, SignatureScheme.EcdsaP256Sha512],
        P384 => [SignatureScheme.EcdsaP384Sha384, SignatureScheme.EcdsaP384Sha256, SignatureScheme.EcdsaP384Sha512],
        P521 => [SignatureScheme.EcdsaP521Sha512],
        _ => [],
    };

    public static SignatureScheme[] OfRsa =>
    [
        SignatureScheme.RsaPkcs1Sha256, SignatureScheme.RsaPkcs1Sha384, SignatureScheme.RsaPkcs1Sha512,
        SignatureScheme.RsaPssSha256, SignatureScheme.RsaPssSha384, SignatureScheme.RsaPssSha512,
    ];

    public static SignatureScheme[] OfEd25519 => [SignatureScheme.Ed25519];

    /// <summary>The scheme that was asked for, or the default.</summary>
    /// <exception cref="KeyFormatException">The key cannot sign by the scheme that was asked for.</exception>
    public static SignatureScheme Choose(SignatureScheme[] fitting, SignatureScheme? asked) =>
        asked is not { } scheme ? fitting[0]
        : fitting.Contains(scheme) ? scheme
        : throw new KeyFormatException($"The key signs by {string.Join(", ", fitting)}, not by {scheme}.");
}
