namespace Kfm.Provenance.Signing;

/// <summary>The mathematics behind a <see cref="VerificationKey"/>. Implementations never throw and serve several threads.</summary>
internal abstract class PublicKeyAlgorithm
{
    public abstract SignatureScheme Scheme { get; }

    /// <summary>Whether the signature, in the usual encoding of the scheme, is one of the data.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>The same for r and s of fixed width.</summary>
    public virtual bool VerifyFixed(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => false;

    /// <summary>The same when only the hash of the data is at hand.</summary>
    public virtual bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature) => false;
}
