using System.Security.Cryptography;
using System.Text;
using Kfm.Gates.Rego.Builtins;

namespace Kfm.Gates.Rego.Bundles;

/// <summary>
/// Checks <c>.signatures.json</c>: one JSON Web Signature over the hashes of all files. Only keys of the caller count; the algorithm is that of the key,
/// whatever the signature says.
/// </summary>
internal sealed class BundleSignature(PolicyBundleOptions options)
{
    /// <returns>The id of the key.</returns>
    internal string Verify(SortedDictionary<string, byte[]> files)
    {
        if (!files.TryGetValue(BundleContent.Signatures, out var bytes))
        {
            throw Wrong("the bundle has no signature");
        }

        if ((BundleContent.Parse(BundleContent.Signatures, bytes) as RegoObject)?.Member("signatures") is not RegoArray { Items: [RegoString signature] })
        {
            throw Wrong("there must be one signature");
        }

        try
        {
            var token = JwtToken.Parse("bundle", signature.Text);
            var payload = token.Payload as RegoObject ?? throw Wrong("the payload is not an object");
            var id = (token.Header.Member("kid") as RegoString)?.Text ?? (payload.Member("keyid") as RegoString)?.Text ?? options.DefaultKey
                ?? throw Wrong("the signature names no key, and there is no default key");
            Verify(token, payload, id);
            VerifyFiles(payload, files);
            return id;
        }
        catch (BuiltinException e)
        {
            throw Wrong(e.Message);
        }
    }

    private void Verify(JwtToken token, RegoObject payload, string id)
    {
        if (!options.Keys.TryGetValue(id, out var key))
        {
            throw Wrong($"the key '{id}' is not known");
        }

        if (!string.Equals(token.Algorithm, key.Algorithm, StringComparison.Ordinal))
        {
            throw Wrong($"the signature is made with '{token.Algorithm}', but the key '{id}' is for {key.Algorithm}");
        }

        var keys = key.Algorithm.StartsWith("HS", StringComparison.Ordinal) ? [JwtKey.OfSecret(key.Key)] : JwtKey.Read("bundle", key.Key);
        if (!keys.Exists(k => k.Verifies(key.Algorithm, token.Signed, token.Signature)))
        {
            throw Wrong($"the signature is not that of the key '{id}'");
        }

        if (!string.Equals((payload.Member("scope") as RegoString)?.Text ?? "", key.Scope ?? "", StringComparison.Ordinal))
        {
            throw Wrong("the scope of the signature is another one");
        }
    }

    private static void VerifyFiles(RegoObject payload, SortedDictionary<string, byte[]> files)
    {
        var expected = new Dictionary<string, (string Hash, string Algorithm)>(StringComparer.Ordinal);
        foreach (var file in (payload.Member("files") as RegoArray)?.Items ?? [])
        {
            if (file is not RegoObject one || one.Member("name") is not RegoString name || one.Member("hash") is not RegoString hash)
            {
                throw Wrong("an entry of files has no name or hash");
            }

            expected[name.Text.TrimStart('/')] = (hash.Text, (one.Member("algorithm") as RegoString)?.Text ?? "SHA-256");
        }

        foreach (var (path, content) in files.Where(f => f.Key != BundleContent.Signatures))
        {
            if (!expected.Remove(path, out var entry))
            {
                throw new PolicyBundleFormatException(path, "the file is not in the signature");
            }

            var hashed = BundleContent.IsDocument(path) ? Document(BundleContent.Parse(path, content)) : content;
            if (!string.Equals(Convert.ToHexStringLower(Hash(path, entry.Algorithm, hashed)), entry.Hash, StringComparison.OrdinalIgnoreCase))
            {
                throw new PolicyBundleFormatException(path, "the file is not the one that was signed");
            }
        }

        if (expected.Count > 0)
        {
            throw Wrong($"the file '{expected.Keys.Order(StringComparer.Ordinal).First()}' of the signature is missing");
        }
    }

    private static byte[] Hash(string path, string algorithm, byte[] content) => algorithm switch
    {
        "SHA-256" => SHA256.HashData(content),
        "SHA-384" => SHA384.HashData(content),
        "SHA-512" => SHA512.HashData(content),
        _ => throw new PolicyBundleFormatException(path, $"the hash algorithm '{algorithm}' is not SHA-256, SHA-384 or SHA-512"),
    };

    /// <summary>Documents are hashed by content: compact JSON with sorted keys, in which only what JSON demands is escaped.</summary>
    private static byte[] Document(RegoValue value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(RegoValue value, StringBuilder text)
    {
        switch (value)
        {
            case RegoObject obj:
                text.Append('{');
                foreach (var (key, member) in obj.Members)
                {
                    text.Append(text[^1] == '{' && ReferenceEquals(key, obj.Members[0].Key) ? "" : ",");
                    Write(key, text);
                    text.Append(':');
                    Write(member, text);
                }

                text.Append('}');
                break;
            case RegoArray array:
                text.Append('[');
                for (var i = 0; i < array.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(array.Items[i], text);
                }

                text.Append(']');
                break;
            case RegoString s:
                Write(s.Text, text);
                break;
            default:
                text.Append(value);
                break;
        }
    }

    /// <summary>A string as Go writes it, but with the characters of HTML as they are.</summary>
    private static void Write(string value, StringBuilder text)
    {
        var plain = 0;
        text.Append('"');
        for (var i = 0; i <= value.Length; i++)
        {
            if (i == value.Length || value[i] is '<' or '>' or '&')
            {
                var quoted = new StringBuilder();
                JsonOutput.Quote(value[plain..i], quoted);
                text.Append(quoted, 1, quoted.Length - 2).Append(i < value.Length ? value[i..(i + 1)] : "");
                plain = i + 1;
            }
        }

        text.Append('"');
    }

    private static PolicyBundleFormatException Wrong(string reason) => new(BundleContent.Signatures, reason);
}
