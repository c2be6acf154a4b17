using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Provenance;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Verification;

/// <summary>What the caller trusts: the only source of trust that verification has.</summary>
/// <remarks>
/// <c>{ "formatVersion": 1, "signers": [SPKI PEM], "logs": [name+hash+base64], "people": people file or null, "policySet": digest or null }</c>.
/// The name of a log's key is its origin. Unknown members are refused.
/// </remarks>
internal sealed record TrustFile(
    IReadOnlyList<VerificationKey> Signers,
    IReadOnlyList<NoteVerifier> Logs,
    PeopleFile? People,
    Digest? PolicySet)
{
    private const int MaxBytes = 16 << 20;
    private static readonly string[] Known = ["formatVersion", "signers", "logs", "people", "policySet"];

    /// <summary>Trust in nobody.</summary>
    public static TrustFile Nobody { get; } = new([], [], null, null);

    /// <summary>Reads a trust file from where it lies, a pipe included.</summary>
    /// <exception cref="TrustFormatException">The file breaks the format or has more than 16 MiB.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrustFile Load(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
        {
            content.Write(buffer.AsSpan(0, read));
            if (content.Length > MaxBytes)
            {
                throw new TrustFormatException($"it has more than {MaxBytes} bytes.");
            }
        }

        return Parse(content.ToArray());
    }

    /// <summary>Reads a trust file.</summary>
    /// <exception cref="TrustFormatException">The file breaks the format.</exception>
    public static TrustFile Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var root = JsonNode.Parse(CanonicalJson.Canonicalize(utf8)) as JsonObject ?? throw new TrustFormatException("an object is missing.");
            return Read(root);
        }
        catch (KfmException e) when (e is not TrustFormatException)
        {
            throw new TrustFormatException(e.Message, e);
        }
    }

    /// <summary>The file for these keys, canonical and with a newline.</summary>
    public static byte[] Write(IEnumerable<VerificationKey> signers, IEnumerable<NoteVerifier> logs, byte[]? people, Digest? policySet)
    {
        var root = new JsonObject
        {
            ["formatVersion"] = 1,
            ["signers"] = new JsonArray([.. signers.Select(k => (JsonNode?)k.ToPem())]),
            ["logs"] = new JsonArray([.. logs.Select(l => (JsonNode?)l.ToString())]),
            ["people"] = people is null ? null : JsonNode.Parse(people),
            ["policySet"] = policySet?.ToString(),
        };
        return [.. CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root.ToJsonString())), (byte)'\n'];
    }

    private static TrustFile Read(JsonObject root)
    {
        if (root.FirstOrDefault(m => !Known.Contains(m.Key, StringComparer.Ordinal)).Key is { } unknown)
        {
            throw new TrustFormatException($"the member '{unknown}' is not known.");
        }

        if (root["formatVersion"] is not JsonValue version || !version.TryGetValue<double>(out var number) || number != 1)
        {
            throw new TrustFormatException("the format version must be 1.");
        }

        return new TrustFile(
            [.. Texts(root, "signers").Select(pem => VerificationKey.FromPem(pem))],
            [.. Texts(root, "logs").Select(NoteVerifier.Parse)],
            root["people"] is { } people ? PeopleFile.Parse(Encoding.UTF8.GetBytes(people.ToJsonString())) : null,
            root["policySet"] is { } digest ? Digest.Parse(Text(digest)) : null);
    }

    private static string[] Texts(JsonObject root, string name) => root[name] is JsonArray array
        ? [.. array.Select(Text)]
        : throw new TrustFormatException($"'{name}' must be an array of texts.");

    private static string Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String
        ? value.GetValue<string>()
        : throw new TrustFormatException("a text is missing.");
}
