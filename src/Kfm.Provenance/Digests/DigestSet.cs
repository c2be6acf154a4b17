using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Kfm.Provenance.Digests;

/// <summary>
/// Digests of one content by algorithm (in-toto DigestSet v1.1): <c>sha256</c>, <c>sha384</c>, <c>sha512</c>, <c>gitBlob</c>,
/// <c>gitTree</c>, <c>gitCommit</c> and others, in the order of their names.
/// </summary>
/// <remarks>
/// Values of the known algorithms are lower-case hexadecimal digits of the algorithm's length; a git object has 40 (SHA-1) or 64
/// (SHA-256). The set never changes. As a text it is written <c>sha256:…,sha512:…</c>.
/// </remarks>
[SuppressMessage("Naming", "CA1710", Justification = "The name is the specification's.")]
public sealed class DigestSet : IReadOnlyDictionary<string, string>, IEquatable<DigestSet>
{
    private static readonly string[] Trusted = ["sha256", "sha384", "sha512"];
    private readonly SortedDictionary<string, string> _digests = new(StringComparer.Ordinal);

    /// <summary>Makes a set.</summary>
    /// <param name="digests">Names of algorithms and values; no name twice.</param>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    /// <exception cref="DigestFormatException">A value is not one of its algorithm.</exception>
    public DigestSet(IEnumerable<KeyValuePair<string, string>> digests)
    {
        ArgumentNullException.ThrowIfNull(digests);
        foreach (var (algorithm, value) in digests)
        {
            if (!IsValid(algorithm, value))
            {
                throw new DigestFormatException($"{algorithm}:{value}");
            }

            _digests.Add(algorithm, value);
        }
    }

    /// <inheritdoc/>
    public int Count => _digests.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _digests.Keys;

    /// <inheritdoc/>
    public IEnumerable<string> Values => _digests.Values;

    /// <summary>The SHA-256, or null when the set has none.</summary>
    public Digest? Sha256 => _digests.TryGetValue("sha256", out var hex) ? Digest.Parse(hex) : null;

    /// <summary>The value of an algorithm.</summary>
    /// <param name="key">The name of the algorithm.</param>
    /// <exception cref="KeyNotFoundException">The set has none.</exception>
    public string this[string key] => _digests[key];

    /// <summary>Whether a text can be a digest of an algorithm; of an unknown one any text but the empty one can.</summary>
    /// <param name="algorithm">The name of the algorithm.</param>
    /// <param name="value">The text.</param>
    public static bool IsValid(string algorithm, string value)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(value);
        return DigestAlgorithms.IsValid(algorithm, value);
    }

    /// <summary>A set of one SHA-256.</summary>
    /// <param name="sha256">The digest.</param>
    public static DigestSet Of(Digest sha256) => new([new("sha256", sha256.Hex)]);

    /// <summary>The <c>sha256</c>, <c>sha384</c>, <c>sha512</c> and <c>gitBlob</c> (SHA-1) of bytes.</summary>
    /// <param name="data">The content; may be empty.</param>
    public static DigestSet Of(ReadOnlySpan<byte> data)
    {
        using var hash = new DigestSetHash(data.Length);
        hash.Append(data);
        return hash.Finish();
    }

    /// <summary>Reads <c>algorithm:value</c>, several of them with commas between.</summary>
    /// <param name="text">The text to read.</param>
    /// <exception cref="DigestFormatException">The text is not a set of digests, or names an algorithm twice.</exception>
    public static DigestSet Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var set) ? set : throw new DigestFormatException(text);
    }

    /// <summary>Reads <c>algorithm:value</c>, several of them with commas between.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="set">The set, when the text is one.</param>
    /// <returns>Whether the text is a set of digests.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DigestSet? set)
    {
        set = null;
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in (text ?? "").Split(','))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !IsValid(part[..colon], part[(colon + 1)..]) || part.AsSpan(colon + 1).Contains(':')
                || !digests.TryAdd(part[..colon], part[(colon + 1)..]))
            {
                return false;
            }
        }

        set = new DigestSet(digests);
        return true;
    }

    /// <summary>
    /// Whether two sets name the same content: at least one algorithm that both have and that is accepted gives the same value
    /// (in-toto DigestSet v1.1, guidelines). Values are compared in a time that does not depend on where they differ.
    /// </summary>
    /// <param name="other">The other set.</param>
    /// <param name="accepted">The algorithms that are trusted; <c>sha256</c>, <c>sha384</c> and <c>sha512</c> when null.</param>
    public bool Matches(DigestSet other, IEnumerable<string>? accepted = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (accepted ?? Trusted).Any(a => _digests.TryGetValue(a, out var left) && other._digests.TryGetValue(a, out var right) && FixedTimeEquals(left, right));
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _digests.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => _digests.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _digests.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both sets have the same algorithms and values.</summary>
    /// <param name="other">The set to compare with.</param>
    public bool Equals(DigestSet? other) => other is not null && _digests.SequenceEqual(other._digests);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DigestSet);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary><c>sha256:…,sha512:…</c>, in the order of the names.</summary>
    public override string ToString() => string.Join(',', _digests.Select(d => $"{d.Key}:{d.Value}"));

    private static bool FixedTimeEquals(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(left.AsSpan()), MemoryMarshal.AsBytes(right.AsSpan()));
}
