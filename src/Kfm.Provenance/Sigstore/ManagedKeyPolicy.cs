namespace Kfm.Provenance.Sigstore;

/// <summary>Accepts signers by keys that the caller knows. A bundle with a certificate is refused: a key says nothing about it.</summary>
public sealed class ManagedKeyPolicy : VerificationPolicy
{
    /// <summary>Accepts signatures of some keys.</summary>
    /// <param name="keys">The keys, at least one. The hint in a bundle is not consulted.</param>
    /// <exception cref="ArgumentException">There is no key.</exception>
    public ManagedKeyPolicy(params IReadOnlyList<ManagedKey> keys)
        : base(times: 0)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Keys = keys.Count > 0 ? [.. keys] : throw new ArgumentException("Name at least one key.", nameof(keys));
        Prepared = [.. keys.Select(k => Sigstore.Keys.SignatureKey.FromSpki(k.Key.Der.Span))];
    }

    /// <summary>The accepted keys.</summary>
    public IReadOnlyList<ManagedKey> Keys { get; }

    /// <summary>The same keys, ready to verify.</summary>
    internal Keys.SignatureKey?[] Prepared { get; }
}
