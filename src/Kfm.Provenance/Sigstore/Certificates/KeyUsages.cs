namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>The bits of the key usage extension that matter here (RFC 5280, 4.2.1.3), as <see cref="DerValue.NamedBits"/> gives them.</summary>
[Flags]
internal enum KeyUsages
{
    None = 0,
    DigitalSignature = 0x8000,
    KeyCertSign = 0x0400,
}
