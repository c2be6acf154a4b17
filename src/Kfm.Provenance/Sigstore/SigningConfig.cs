using Kfm.Provenance.Json;
using Kfm.Provenance.Sigstore.Keyless;

namespace Kfm.Provenance.Sigstore;

/// <summary>Where a Sigstore instance signs: certificate authority, transparency logs, timestamp authorities (sigstore_trustroot.proto, SigningConfig 0.2).</summary>
public sealed class SigningConfig
{
    private const int MaxBytes = 1024 * 1024;

    internal SigningConfig(SigningService[] authorities, SigningService[] logs, ServiceSelection logSelection, SigningService[] timestampAuthorities, ServiceSelection timestampSelection)
    {
        Authorities = authorities;
        Logs = logs;
        LogSelection = logSelection;
        TimestampAuthorities = timestampAuthorities;
        TimestampSelection = timestampSelection;
    }

    internal SigningService[] Authorities { get; }

    internal SigningService[] Logs { get; }

    internal ServiceSelection LogSelection { get; }

    internal SigningService[] TimestampAuthorities { get; }

    internal ServiceSelection TimestampSelection { get; }

    /// <summary>Reads a signing configuration in JSON, as <c>signing_config.v0.2.json</c> of a Sigstore instance is.</summary>
    /// <param name="utf8">The JSON text, at most 1 MiB. Unknown members are ignored, duplicates refused.</param>
    /// <exception cref="SigstoreFormatException">The text is not a signing configuration.</exception>
    public static SigningConfig Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            throw Error($"A signing configuration has at most {MaxBytes} bytes.", "");
        }

        return SigningConfigReader.Read(JsonCursor.OpenForeign(utf8, static (message, pointer) => Error(message, pointer)));
    }

    internal static SigstoreFormatException Error(string message, string pointer) =>
        new(new SigstoreError(SigstoreStage.TrustedRoot, SigstoreErrorCode.InvalidMember, "Signing configuration: " + message, pointer));
}
