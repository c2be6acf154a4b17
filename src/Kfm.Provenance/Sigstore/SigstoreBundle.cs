using Kfm.Provenance.Sigstore.Bundles;

namespace Kfm.Provenance.Sigstore;

/// <summary>A signature with all that is needed to verify it offline (sigstore_bundle.proto, Bundle), read and not verified.</summary>
/// <remarks>Nothing in it is true before <see cref="SigstoreVerifier"/> has answered. Immutable.</remarks>
public sealed class SigstoreBundle
{
    internal SigstoreBundle(BundleVersion version) => Version = version;

    /// <summary>The version of the format.</summary>
    public BundleVersion Version { get; }

    /// <summary>Whether the signer is named by a certificate; else by a key that the verifier must know.</summary>
    public bool HasCertificate => Certificates.Length > 0;

    /// <summary>What the bundle says of the key of its signer, unauthenticated; null when it has a certificate.</summary>
    public string? KeyHint { get; internal init; }

    /// <summary>The type of the payload of the envelope, not verified; null when the bundle signs an artifact directly.</summary>
    public string? PayloadType { get; internal init; }

    internal byte[][] Certificates { get; init; } = [];

    internal LogEntry[] LogEntries { get; init; } = [];

    /// <summary>RFC 3161 responses in DER.</summary>
    internal byte[][] Timestamps { get; init; } = [];

    /// <summary>The payload of the envelope; null when the bundle signs an artifact directly.</summary>
    internal byte[]? Payload { get; init; }

    internal byte[] Signature { get; init; } = [];

    /// <summary>The digest that a message signature names, and its algorithm; null for an envelope or when none is named.</summary>
    internal byte[]? MessageDigest { get; init; }

    /// <summary>Reads a bundle in JSON.</summary>
    /// <param name="utf8">
    /// The JSON text, at most 64 MiB: media types 0.1, 0.2, 0.3 in both spellings; at most 32 log entries, 32 timestamps, 8 certificates;
    /// an envelope has one signature. Unknown members are ignored, duplicates of known ones refused.
    /// </param>
    /// <exception cref="SigstoreFormatException">The text is not a bundle; <see cref="SigstoreError.Stage"/> tells which part is wrong.</exception>
    public static SigstoreBundle Parse(ReadOnlySpan<byte> utf8) => BundleReader.Read(utf8);

    /// <summary>The bundle in JSON of version 0.3, with a newline at the end.</summary>
    /// <exception cref="InvalidOperationException">The bundle carries a chain of several certificates, which version 0.3 does not have.</exception>
    public byte[] ToJson() => Certificates.Length <= 1
        ? BundleWriter.Write(this)
        : throw new InvalidOperationException("A bundle of version 0.3 has one certificate; this one carries a chain.");
}
