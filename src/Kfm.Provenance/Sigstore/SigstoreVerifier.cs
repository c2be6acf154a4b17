using Kfm.Provenance.Sigstore.Verification;

namespace Kfm.Provenance.Sigstore;

/// <summary>Verifies Sigstore bundles against a trusted root: pure and synchronous, without a network, a clock or a file.</summary>
/// <remarks>
/// <para>
/// What is checked, in this order, so that the first that fails names the rejection: the kind of signer, the signature over artifact or
/// envelope, each log entry against the bundle, the log's promise, proof and checkpoint, the timestamps, the certificate and its path at
/// every verified time, the certificate's own log, the subject of the statement, the identity.
/// </para>
/// <para>
/// Each witness is held against the closed interval in which the trusted root trusts it. A time that no witness signed is never used.
/// Safe for several threads; keep one verifier for each trusted root, so that its keys are read once.
/// </para>
/// </remarks>
public sealed class SigstoreVerifier
{
    private readonly TrustedRoot _root;

    /// <summary>Creates a verifier.</summary>
    /// <param name="root">Whom to trust.</param>
    public SigstoreVerifier(TrustedRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        _root = root;
    }

    /// <summary>Reads and verifies a bundle. Bad data is a result, whatever the bytes.</summary>
    /// <param name="bundle">The JSON text, as <see cref="SigstoreBundle.Parse"/> reads it.</param>
    /// <param name="artifact">What must have been signed: the artifact itself, or a subject of the signed statement.</param>
    /// <param name="policy">Whose signature is accepted.</param>
    /// <returns>The facts, or the one error.</returns>
    public SigstoreVerification Verify(ReadOnlySpan<byte> bundle, SigstoreArtifact artifact, VerificationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(policy);
        SigstoreBundle read;
        try
        {
            read = SigstoreBundle.Parse(bundle);
        }
        catch (SigstoreFormatException e)
        {
            return new(e.Error);
        }

        return Verify(read, artifact, policy);
    }

    /// <summary>Verifies a bundle that was read.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="artifact">What must have been signed: the artifact itself, or a subject of the signed statement.</param>
    /// <param name="policy">Whose signature is accepted.</param>
    /// <returns>The facts, or the one error.</returns>
    public SigstoreVerification Verify(SigstoreBundle bundle, SigstoreArtifact artifact, VerificationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(policy);
        return new VerificationRun(_root, bundle, artifact, policy).Run();
    }
}
