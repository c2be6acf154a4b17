using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Kfm.Provenance.Digests;

/// <summary>Makes a <see cref="DigestSet"/> of a content that comes in pieces, in one pass.</summary>
public sealed class DigestSetHash : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _sha384 = IncrementalHash.CreateHash(HashAlgorithmName.SHA384);
    private readonly IncrementalHash _sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
    private readonly IncrementalHash? _gitBlob;
    private long _left;

    /// <summary>Begins.</summary>
    /// <param name="length">
    /// The length of the content in bytes, which git hashes before the content; when null, the set has no <c>gitBlob</c>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public DigestSetHash(long? length = null)
    {
        if (length is not { } known)
        {
            return;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(known, nameof(length));
        _left = known;

        // SHA-1 names git objects; no trust rests on it here.
        _gitBlob = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        _gitBlob.AppendData(Encoding.ASCII.GetBytes($"blob {known}\0"));
    }

    /// <summary>Takes more of the content.</summary>
    /// <param name="data">The next bytes.</param>
    /// <exception cref="InvalidOperationException">There is more content than the length that was given.</exception>
    public void Append(ReadOnlySpan<byte> data)
    {
        if (_gitBlob is not null && (_left -= data.Length) < 0)
        {
            throw new InvalidOperationException("There is more content than its length said.");
        }

        _sha256.AppendData(data);
        _sha384.AppendData(data);
        _sha512.AppendData(data);
        _gitBlob?.AppendData(data);
    }

    /// <summary>Takes what a stream still holds.</summary>
    /// <param name="stream">A readable stream; read to its end and left open.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidOperationException">There is more content than the length that was given.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task AppendAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                Append(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The digests: <c>sha256</c>, <c>sha384</c>, <c>sha512</c>, and <c>gitBlob</c> when the length was given.</summary>
    /// <exception cref="InvalidOperationException">There is less content than the length that was given.</exception>
    public DigestSet Finish()
    {
        if (_left != 0)
        {
            throw new InvalidOperationException($"The content has {_left} bytes less than its length said.");
        }

        var digests = new List<KeyValuePair<string, string>>
        {
            new("sha256", Hex(_sha256)),
            new("sha384", Hex(_sha384)),
            new("sha512", Hex(_sha512)),
        };
        if (_gitBlob is not null)
        {
            digests.Add(new("gitBlob", Hex(_gitBlob)));
        }

        return new DigestSet(digests);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sha256.Dispose();
        _sha384.Dispose();
        _sha512.Dispose();
        _gitBlob?.Dispose();
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetCurrentHash());
}
