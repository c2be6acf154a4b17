namespace Kfm.Provenance.Tuf;

/// <summary>A TUF repository, or a mirror of one, in two folders.</summary>
public sealed class DirectoryTufRepository : ITufRepository
{
    private readonly string _metadata;
    private readonly string _targets;

    /// <summary>Creates the repository; nothing is read yet.</summary>
    /// <param name="metadata">The folder of the metadata files.</param>
    /// <param name="targets">The folder of the targets.</param>
    public DirectoryTufRepository(string metadata, string targets)
    {
        ArgumentException.ThrowIfNullOrEmpty(metadata);
        ArgumentException.ThrowIfNullOrEmpty(targets);
        (_metadata, _targets) = (metadata, targets);
    }

    /// <inheritdoc/>
    public Task<byte[]?> ReadMetadataAsync(string name, int limit, CancellationToken cancellationToken) =>
        ReadAsync(_metadata, name, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]?> ReadTargetAsync(string path, int limit, CancellationToken cancellationToken) =>
        ReadAsync(_targets, path, limit, cancellationToken);

    private static async Task<byte[]?> ReadAsync(string folder, string path, int limit, CancellationToken cancellationToken)
    {
        var segments = path.Split('/').Select(Uri.UnescapeDataString).ToArray();
        if (segments.Any(s => s is "" or "." or ".." || s.AsSpan().ContainsAny('/', '\\', '\0')))
        {
            return null;
        }

        try
        {
            var file = new FileStream(Path.Combine([folder, .. segments]), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                return await TufBytes.ReadAsync(file, path, limit, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TufException(TufFailure.Unreachable, path, "the file could not be read: " + e.Message, e);
        }
    }
}
