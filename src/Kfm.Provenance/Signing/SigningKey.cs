namespace Kfm.Provenance.Signing;

/// <summary>
/// A private key that signs. A key in a key service or in hardware derives from this; keys that are held in memory are <see cref="LocalSigningKey"/>.
/// </summary>
public abstract class SigningKey : IDisposable
{
    /// <summary>The public half, by which others verify. It says how the key signs (<see cref="VerificationKey.Scheme"/>).</summary>
    public abstract VerificationKey PublicKey { get; }

    /// <summary>The name of the key: the lower-case hexadecimal SHA-256 of its SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) in DER.</summary>
    public string KeyId => PublicKey.KeyId;

    /// <summary>Signs <paramref name="data"/> by the scheme of <see cref="PublicKey"/>.</summary>
    /// <param name="data">The bytes to sign, not their hash.</param>
    /// <returns>ECDSA: a DER sequence of r and s (RFC 3279, 2.2.3); RSA: as long as the modulus; Ed25519: 64 bytes.</returns>
    public abstract byte[] Sign(ReadOnlySpan<byte> data);

    /// <summary>Signs like <see cref="Sign"/>, without holding a thread while a key service answers. A key of a service overrides this.</summary>
    /// <param name="data">The bytes to sign, not their hash.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public virtual ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Sign(data.Span));
    }

    /// <summary>Forgets the private key, where it is held.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Forgets the private key; does nothing unless overridden.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
