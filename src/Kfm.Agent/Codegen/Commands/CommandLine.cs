using System.Text.Json;
using Kfm.Gates.Scanning;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Agent.Codegen.Commands;

/// <summary>The program of an agent and its arguments, as the caller gave them.</summary>
/// <param name="Arguments">The program and its arguments; no shell reads them.</param>
public sealed record CommandLine(IReadOnlyList<string> Arguments)
{
    private const int LongestName = 64;
    private const string Hidden = "[REDACTED]";

    /// <summary>The name of the program without its folder; <c>command</c> where it has characters that do not belong in a record.</summary>
    public string Tool => Path.GetFileName(Arguments[0]) is { Length: > 0 and <= LongestName } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+')
        ? name
        : "command";

    /// <summary>
    /// The SHA-256 of the arguments as canonical JSON (RFC 8785). In the place of secrets stand constants, so that the digest neither
    /// tells of a secret nor changes with it: what the scanner finds, known values, and what follows an option whose name says it is one.
    /// </summary>
    /// <param name="known">Values that are secret.</param>
    /// <exception cref="SecretScanException">An argument is beyond what the scanner reads.</exception>
    public Digest ComputeDigest(KnownSecrets known)
    {
        ArgumentNullException.ThrowIfNull(known);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            for (var i = 0; i < Arguments.Count; i++)
            {
                writer.WriteStringValue(i > 0 && IsSecretOption(Arguments[i - 1]) ? Hidden : Clean(Arguments[i], known));
            }

            writer.WriteEndArray();
        }

        return Digest.Of(CanonicalJson.Canonicalize(stream.ToArray()));
    }

    private static bool IsSecretOption(string argument) =>
        argument.StartsWith('-') && !argument.Contains('=', StringComparison.Ordinal) && KnownSecrets.IsSecretName(argument);

    private static string Clean(string argument, KnownSecrets known)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && KnownSecrets.IsSecretName(argument[..equals])
            ? argument[..(equals + 1)] + Hidden
            : SecretScanner.Redact(known.Redact(argument));
    }
}
