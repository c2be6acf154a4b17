using Kfm.Provenance.Sigstore.Bundles;
using Kfm.Provenance.Sigstore.Certificates;
using Kfm.Provenance.Sigstore.Keys;

namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>Who is said to have signed: the leaf certificate of the bundle, or the keys of the policy.</summary>
internal sealed class BundleSigner
{
    private readonly ManagedKeyPolicy? _keys;

    private BundleSigner(ManagedKeyPolicy keys) => _keys = keys;

    private BundleSigner(Certificate leaf, Certificate[] intermediates, SignatureKey key)
    {
        Leaf = leaf;
        Intermediates = intermediates;
        Key = key;
        Certificate = new(leaf);
    }

    /// <summary>Null when the signer is a managed key.</summary>
    public Certificate? Leaf { get; }

    public SignerCertificate? Certificate { get; }

    /// <summary>What the bundle carries beside the leaf.</summary>
    public Certificate[] Intermediates { get; } = [];

    /// <summary>The key that verified the signature; with a certificate it is the one of the leaf.</summary>
    public SignatureKey? Key { get; private set; }

    /// <summary>The key of the policy that verified the signature.</summary>
    public ManagedKey? ManagedKey { get; private set; }

    /// <summary>The certificate or the SubjectPublicKeyInfo, as the log entry must have it.</summary>
    public ReadOnlyMemory<byte> Verifier => Leaf is { } leaf ? leaf.Raw : Key!.Spki;

    public static SigstoreError? Read(SigstoreBundle bundle, VerificationPolicy policy, out BundleSigner signer)
    {
        signer = null!;
        if (policy is ManagedKeyPolicy keys)
        {
            signer = new(keys);
            return bundle.HasCertificate
                ? new(SigstoreStage.Policy, SigstoreErrorCode.WrongSignerKind, "The policy names keys, but the signer has a certificate.", VerificationMaterial.Path)
                : null;
        }

        if (!bundle.HasCertificate)
        {
            return new(SigstoreStage.Policy, SigstoreErrorCode.WrongSignerKind, "The policy names identities, but the signer has only a key.", VerificationMaterial.Path);
        }

        try
        {
            var chain = Array.ConvertAll(bundle.Certificates, CertificateReader.Read);
            if (!policy.AllowRootInChain && Array.Exists(chain, c => c.IsSelfIssued))
            {
                return Error(SigstoreErrorCode.RootInChain, "The chain carries a root certificate; trust comes from the trusted root.");
            }

            ClaimReader.Check(chain[0]);
            _ = AlternativeNames.Read(chain[0]);
            if (chain[0].Key is not { } key)
            {
                return Error(SigstoreErrorCode.UnsupportedAlgorithm, "The key of the certificate is not supported.");
            }

            signer = new(chain[0], chain[1..], key);
            return null;
        }
        catch (DerFormatException e)
        {
            return Error(SigstoreErrorCode.Malformed, "The certificate is malformed: " + e.Message + ".");
        }
    }

    /// <summary>Verifies by the leaf, or by the first of the managed keys that verifies.</summary>
    public bool Verify(Func<SignatureKey, bool> verify)
    {
        if (_keys is null)
        {
            return verify(Key!);
        }

        for (var i = 0; i < _keys.Prepared.Length; i++)
        {
            if (_keys.Prepared[i] is { } key && verify(key))
            {
                (Key, ManagedKey) = (key, _keys.Keys[i]);
                return true;
            }
        }

        return false;
    }

    private static SigstoreError Error(SigstoreErrorCode code, string message) => new(SigstoreStage.Certificate, code, message, VerificationMaterial.Path);
}
