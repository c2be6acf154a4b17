namespace Kfm.Provenance.Tuf;

/// <summary>
/// Where a <see cref="TufClient"/> reads from. Nothing that it returns is trusted before it is verified. An implementation returns all of a file or
/// nothing, reads no more than one byte beyond the limit, and may be slow or lie; it throws <see cref="TufException"/> with
/// <see cref="TufFailure.Unreachable"/> where it cannot tell whether the file exists.
/// </summary>
public interface ITufRepository
{
    /// <summary>Reads a metadata file.</summary>
    /// <param name="name">The name of the file, such as <c>3.root.json</c>, percent-encoded (RFC 3986, 2.1): one segment of a path.</param>
    /// <param name="limit">The largest length in bytes that is wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bytes; null when there is no such file.</returns>
    /// <exception cref="TufException">The file is larger than <paramref name="limit"/> (<see cref="TufFailure.Length"/>), or could not be read.</exception>
    Task<byte[]?> ReadMetadataAsync(string name, int limit, CancellationToken cancellationToken);

    /// <summary>Reads a target.</summary>
    /// <param name="path">The path with <c>/</c> between segments that are percent-encoded; where the repository wants it, with the hash before the last segment.</param>
    /// <param name="limit">The largest length in bytes that is wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bytes; null when there is no such file.</returns>
    /// <exception cref="TufException">The file is larger than <paramref name="limit"/> (<see cref="TufFailure.Length"/>), or could not be read.</exception>
    Task<byte[]?> ReadTargetAsync(string path, int limit, CancellationToken cancellationToken);
}
