using System.Security.Cryptography;
using System.Text;

namespace Kfm.Provenance.Manifests;

/// <summary>Hashes files one behind the other with one buffer; each thread has its own.</summary>
internal sealed class FileHasher : IDisposable
{
    // Large enough that calls cost nothing, small enough that what was read is still in the second-level cache when it is hashed.
    private const int BufferBytes = 128 * 1024;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    private readonly IncrementalHash _hash;
    private readonly bool _asBlob;

    /// <summary>Creates a hasher.</summary>
    /// <param name="algorithm">The hash function.</param>
    /// <param name="asBlob">Whether the content is hashed as a git blob: behind <c>blob</c>, a space, its size and a NUL.</param>
    public FileHasher(HashAlgorithmName algorithm, bool asBlob) => (_hash, _asBlob) = (IncrementalHash.CreateHash(algorithm), asBlob);

    /// <summary>Hashes a file, or the target of a link.</summary>
    /// <exception cref="RegularFileException">What lies there is neither, or changed while it was read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public FileHash Hash(string path, CancellationToken cancellationToken)
    {
        if (PosixFile.IsSupported)
        {
            using var file = PosixFile.Open(path, _buffer);
            if (file.IsOpen)
            {
                return file.IsRegular ? Content(file, path, cancellationToken) : throw new RegularFileException(path, "is not a regular file");
            }
        }

        var info = new FileInfo(path);
        return info.LinkTarget is { } target ? Link(target) : Content(info, cancellationToken);
    }

    /// <summary>Hashes what a stream holds.</summary>
    /// <param name="stream">The stream; it is read to its end.</param>
    /// <param name="size">How much it holds, as its owner promises.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public byte[] Hash(Stream stream, long size, CancellationToken cancellationToken)
    {
        Begin(size);
        for (var count = stream.Read(_buffer); count > 0; count = stream.Read(_buffer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _hash.AppendData(_buffer, 0, count);
        }

        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private FileHash Link(string target)
    {
        var bytes = Encoding.UTF8.GetBytes(target);
        Begin(bytes.Length);
        _hash.AppendData(bytes);
        return new(bytes.Length, _hash.GetHashAndReset(), false, target);
    }

    private FileHash Content(PosixFile file, string path, CancellationToken cancellationToken)
    {
        Begin(file.Size);
        var size = 0L;
        for (var count = file.Read(_buffer); count > 0; count = file.Read(_buffer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _hash.AppendData(_buffer, 0, count);
            size += count;

            // A short read ends a regular file, unless it is just being written.
            if (count < BufferBytes && size == file.Size)
            {
                break;
            }
        }

        return Ended(path, file.Size, size, file.IsExecutable);
    }

    private FileHash Content(FileInfo info, CancellationToken cancellationToken)
    {
        using var file = RegularFile.OpenRead(info.FullName);
        var expected = file.Length;
        Begin(expected);
        for (var count = file.Read(_buffer); count > 0; count = file.Read(_buffer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _hash.AppendData(_buffer, 0, count);
        }

        return Ended(info.FullName, expected, file.Position, !OperatingSystem.IsWindows() && info.UnixFileMode.HasFlag(UnixFileMode.UserExecute));
    }

    private void Begin(long size)
    {
        if (_asBlob)
        {
            _hash.AppendData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"blob {size}\0")));
        }
    }

    private FileHash Ended(string path, long expected, long size, bool isExecutable)
    {
        var hash = _hash.GetHashAndReset();
        return size == expected ? new(size, hash, isExecutable, null) : throw new RegularFileException(path, "changed while it was read");
    }
}
