using Kfm.Provenance.Json;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore;

/// <summary>Whom a verifier trusts: logs, certificate authorities and timestamp authorities (sigstore_trustroot.proto, TrustedRoot).</summary>
/// <remarks>
/// Immutable and safe for several threads; parse it once and keep it, because keys and the signatures within the chains are then checked once.
/// Logs whose key has an algorithm that is not supported vouch for nothing.
/// </remarks>
public sealed class TrustedRoot
{
    private const int MaxBytes = 4 * 1024 * 1024;

    internal TrustedRoot(TrustedLog[] logs, TrustedLog[] certificateLogs, CertificateAuthority[] authorities, CertificateAuthority[] timestampAuthorities)
    {
        Logs = logs;
        CertificateLogs = certificateLogs;
        Authorities = authorities;
        TimestampAuthorities = timestampAuthorities;
    }

    internal TrustedLog[] Logs { get; }

    internal TrustedLog[] CertificateLogs { get; }

    internal CertificateAuthority[] Authorities { get; }

    internal CertificateAuthority[] TimestampAuthorities { get; }

    /// <summary>Reads a trusted root in JSON, as <c>trusted_root.json</c> of a Sigstore instance is.</summary>
    /// <param name="utf8">The JSON text, at most 4 MiB. Unknown members are ignored, duplicates refused.</param>
    /// <exception cref="SigstoreFormatException">
    /// The text is not a trusted root; every log and authority needs an interval of validity with a start, every authority a chain.
    /// </exception>
    public static TrustedRoot Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            throw Error(SigstoreErrorCode.LimitExceeded, $"A trusted root has at most {MaxBytes} bytes.", "");
        }

        return TrustedRootReader.Read(JsonCursor.OpenForeign(utf8, static (message, pointer) => Error(SigstoreErrorCode.InvalidMember, message, pointer)));
    }

    internal static SigstoreFormatException Error(SigstoreErrorCode code, string message, string pointer) =>
        new(new SigstoreError(SigstoreStage.TrustedRoot, code, message, pointer));
}
