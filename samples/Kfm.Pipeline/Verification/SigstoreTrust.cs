using Kfm.Provenance.Sigstore;

namespace Kfm.Pipeline.Verification;

/// <summary>Whose Sigstore bundles the caller accepts.</summary>
/// <param name="Verifier">Verifies by the caller's trusted root.</param>
/// <param name="Policy">The identities that may have signed.</param>
internal sealed record SigstoreTrust(SigstoreVerifier Verifier, VerificationPolicy Policy);
