namespace Kfm.Provenance.Sigstore;

/// <summary>The versions of the bundle format (sigstore_bundle.proto, notes on versioning).</summary>
public enum BundleVersion
{
    /// <summary>0.1: entries carry an inclusion promise; a proof is optional.</summary>
    V01,

    /// <summary>0.2: entries carry an inclusion proof with a checkpoint.</summary>
    V02,

    /// <summary>0.3: as 0.2, and the signer is one certificate or a key, not a chain.</summary>
    V03,
}
