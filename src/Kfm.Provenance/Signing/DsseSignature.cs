namespace Kfm.Provenance.Signing;

/// <summary>One signature of a DSSE envelope.</summary>
/// <param name="KeyId">The signer's hint at the key, or null. It is not authenticated: it never decides which key counts.</param>
/// <param name="Value">The signature: DER or fixed-width r and s.</param>
public sealed record DsseSignature(string? KeyId, ReadOnlyMemory<byte> Value);
