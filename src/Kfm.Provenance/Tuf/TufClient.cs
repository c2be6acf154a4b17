namespace Kfm.Provenance.Tuf;

/// <summary>
/// A client of The Update Framework (specification 1.0, section 5): brings metadata up to date from a root that the caller trusts, and gives out
/// targets whose length and hashes that metadata vouches for.
/// </summary>
/// <remarks>
/// Without a repository the client works offline: from what the cache holds, verified anew, and nothing ever connects. Keys: ed25519, ECDSA over
/// P-256, P-384 and P-521, RSA with PSS or PKCS #1 of 2,048 bits at least; a key of another kind signs nothing. Not for several threads at once.
/// </remarks>
public sealed class TufClient
{
    private readonly ReadOnlyMemory<byte> _trustedRoot;
    private readonly TufCache _cache;
    private readonly ITufRepository? _repository;
    private readonly TimeProvider _clock;
    private readonly TufOptions _options;
    private TufUpdate? _update;

    /// <summary>Creates a client; nothing is read yet.</summary>
    /// <param name="trustedRoot">Root metadata that came to the caller in a way that it trusts; any version that the repository can be followed from.</param>
    /// <param name="cache">Where trusted metadata and targets are kept.</param>
    /// <param name="repository">Where new ones are read from; null to work offline.</param>
    /// <param name="clock">The clock that expiry is measured with.</param>
    /// <param name="options">Limits and switches; null for the defaults.</param>
    public TufClient(ReadOnlyMemory<byte> trustedRoot, TufCache cache, ITufRepository? repository, TimeProvider clock, TufOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(clock);
        (_trustedRoot, _cache, _repository, _clock, _options) = (trustedRoot, cache, repository, clock, options ?? new TufOptions());
    }

    /// <summary>Brings root, timestamp, snapshot and targets up to date (5.2 to 5.6). What was trusted before stays when this fails.</summary>
    /// <param name="cancellationToken">Ends the update.</param>
    /// <exception cref="TufException">The metadata is refused, or cannot be had.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        var update = new TufUpdate(_repository, _cache, _clock.GetUtcNow(), _options);
        await update.RunAsync(_trustedRoot, cancellationToken).ConfigureAwait(false);
        _update = update;
    }

    /// <summary>Looks for a target in the targets metadata and in the roles it delegates to (5.6.7); refreshes first when that was not done.</summary>
    /// <param name="path">The path of the target, such as <c>trusted_root.json</c>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>What metadata says of the target; null when no role vouches for it.</returns>
    /// <exception cref="TufException">The metadata is refused, or cannot be had.</exception>
    public async Task<TufTargetFile?> FindTargetAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (_update is null)
        {
            await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        return await _update!.FindAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives out a target (5.7): from the cache when it is there and right, else from the repository.</summary>
    /// <param name="target">What <see cref="FindTargetAsync"/> found.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>The bytes; length and all hashes that are known here are right.</returns>
    /// <exception cref="TufException">The target is refused, too large, or cannot be had.</exception>
    public async Task<byte[]> DownloadTargetAsync(TufTargetFile target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (_update is null)
        {
            throw new InvalidOperationException("A target is found before it is downloaded.");
        }

        if (_cache.ReadTarget(target.Path) is { } kept && IsRight(kept, target))
        {
            return kept;
        }

        if (target.Length > _options.MaxTargetFileBytes)
        {
            throw new TufException(TufFailure.Length, target.Path, $"the target has {target.Length} bytes, at most {_options.MaxTargetFileBytes} are read");
        }

        var path = RepositoryPath(target, _update.PrefixesTargets);
        var bytes = _repository is null ? null : await _repository.ReadTargetAsync(path, target.Length, cancellationToken).ConfigureAwait(false);
        TufBytes.Require(bytes ?? throw NotFound(target), target.Length, target.Hashes, target.Path);
        _cache.KeepTarget(target.Path, bytes);
        return bytes;
    }

    private static bool IsRight(byte[] bytes, TufTargetFile target)
    {
        try
        {
            TufBytes.Require(bytes, target.Length, target.Hashes, target.Path);
            return true;
        }
        catch (TufException)
        {
            return false;
        }
    }

    private static string RepositoryPath(TufTargetFile target, bool prefixed)
    {
        var segments = target.Path.Split('/').Select(Uri.EscapeDataString).ToArray();
        var hash = target.Hashes.GetValueOrDefault("sha256") ?? target.Hashes.GetValueOrDefault("sha512") ?? target.Hashes.Values.First();
        segments[^1] = prefixed ? hash + "." + segments[^1] : segments[^1];
        return string.Join('/', segments);
    }

    private TufException NotFound(TufTargetFile target) => new(TufFailure.NotFound, target.Path, _repository is null
        ? "the cache does not have the target; download it once with a network"
        : "the repository does not have the target that its metadata names");
}
