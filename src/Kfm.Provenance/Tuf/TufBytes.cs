using System.Security.Cryptography;

namespace Kfm.Provenance.Tuf;

/// <summary>Bounded reading, and the comparison with lengths and hashes that metadata names.</summary>
internal static class TufBytes
{
    public static async Task<byte[]> ReadAsync(Stream from, string name, int limit, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (true)
        {
            var read = await from.ReadAsync(piece, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return all.ToArray();
            }

            if (all.Length + read > limit)
            {
                throw new TufException(TufFailure.Length, name, $"the file has more than {limit} bytes");
            }

            all.Write(piece, 0, read);
        }
    }

    /// <summary>Refuses bytes that have another length or another hash than trusted metadata says.</summary>
    public static void Require(ReadOnlySpan<byte> bytes, long? length, IReadOnlyDictionary<string, string>? hashes, string name)
    {
        if (length is { } expected && bytes.Length != expected)
        {
            throw new TufException(TufFailure.Length, name, $"the file has {bytes.Length} bytes, metadata says {expected}");
        }

        foreach (var (algorithm, value) in hashes ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (Hash(algorithm, bytes) is { } hash && !string.Equals(hash, value, StringComparison.Ordinal))
            {
                throw new TufException(TufFailure.Hash, name, $"the file has the {algorithm} {hash}, metadata says {value}");
            }
        }
    }

    /// <summary>The hash in lower-case hexadecimal digits; null for an algorithm that is not known here.</summary>
    public static string? Hash(string algorithm, ReadOnlySpan<byte> bytes) => algorithm switch
    {
        "sha256" => Convert.ToHexStringLower(SHA256.HashData(bytes)),
        "sha384" => Convert.ToHexStringLower(SHA384.HashData(bytes)),
        "sha512" => Convert.ToHexStringLower(SHA512.HashData(bytes)),
        _ => null,
    };
}
