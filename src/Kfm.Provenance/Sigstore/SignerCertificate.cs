using System.Text;
using Kfm.Provenance.Sigstore.Certificates;

namespace Kfm.Provenance.Sigstore;

/// <summary>The verified certificate of a signer. Its texts are read when they are asked for.</summary>
public sealed class SignerCertificate
{
    private readonly Certificate _certificate;

    internal SignerCertificate(Certificate certificate) => _certificate = certificate;

    /// <summary>The certificate in DER.</summary>
    public ReadOnlyMemory<byte> Der => _certificate.Raw;

    /// <summary>The first second in which the certificate is valid.</summary>
    public DateTimeOffset NotBefore => _certificate.NotBefore;

    /// <summary>The last second in which the certificate is valid.</summary>
    public DateTimeOffset NotAfter => _certificate.NotAfter;

    /// <summary>The SubjectPublicKeyInfo in DER.</summary>
    public ReadOnlyMemory<byte> PublicKey => Der.Slice(_certificate.Spki.Start, _certificate.Spki.Length);

    /// <summary>The subject alternative names: e-mail addresses, URIs, host names and Fulcio's user names. Fulcio writes exactly one.</summary>
    public IReadOnlyList<string> Names => AlternativeNames.Read(_certificate);

    /// <summary>The issuer of the OIDC token; null when the certificate does not tell it.</summary>
    public string? Issuer => Claim(FulcioClaim.Issuer) ?? Claim(FulcioClaim.IssuerV1);

    /// <summary>A claim that Fulcio took over from the OIDC token.</summary>
    /// <param name="claim">Which claim.</param>
    /// <returns>The text, or null when the certificate does not have the claim.</returns>
    public string? Claim(FulcioClaim claim)
    {
        var number = (int)claim;
        return ClaimReader.TryFind(_certificate, number, out var value) ? Encoding.UTF8.GetString(value) : null;
    }

    /// <summary>All claims that the certificate has, by the number of their arc below 1.3.6.1.4.1.57264.1.</summary>
    public IReadOnlyDictionary<int, string> Claims => ClaimReader.All(_certificate);
}
