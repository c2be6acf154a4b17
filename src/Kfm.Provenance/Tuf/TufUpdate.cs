using System.Globalization;

namespace Kfm.Provenance.Tuf;

/// <summary>One update (TUF specification, 5): the workflow from root to targets at one fixed time.</summary>
internal sealed class TufUpdate(ITufRepository? repository, TufCache cache, DateTimeOffset start, TufOptions options)
{
    private readonly Dictionary<string, TufTargets> _targets = new(StringComparer.Ordinal);
    private TufRoot? _root;
    private TufSnapshot? _snapshot;

    public bool PrefixesTargets => Root.ConsistentSnapshot && options.PrefixTargetsWithHash;

    private TufRoot Root => _root!;

    public async Task RunAsync(ReadOnlyMemory<byte> trustedRoot, CancellationToken cancellationToken)
    {
        _root = TufRoot.Read(trustedRoot);
        _root.Require(_root.Metadata, TufRole.Root);
        await UpdateRootAsync(cancellationToken).ConfigureAwait(false);
        RequireFresh(_root.Metadata, TufRole.Root);
        var timestamp = await UpdateTimestampAsync(cancellationToken).ConfigureAwait(false);
        _snapshot = await UpdateSnapshotAsync(timestamp, cancellationToken).ConfigureAwait(false);
        await LoadTargetsAsync(TufRole.Targets, Root.Require, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks for a target, in the order of trust (5.6.7): pre-order, depth first, each role once.</summary>
    public async Task<TufTargetFile?> FindAsync(string path, CancellationToken cancellationToken)
    {
        Stack<(string Role, Action<TufMetadata, string> Require)> open = new([(TufRole.Targets, Root.Require)]);
        HashSet<string> visited = new(StringComparer.Ordinal);
        while (open.TryPop(out var next) && visited.Count <= options.MaxDelegations)
        {
            if (!visited.Add(next.Role))
            {
                continue;
            }

            var targets = await LoadTargetsAsync(next.Role, next.Require, cancellationToken).ConfigureAwait(false);
            if (targets.Find(path) is { } file)
            {
                return file;
            }

            List<TufDelegation> children = [];
            foreach (var child in targets.Delegations?.For(path) ?? [])
            {
                children.Add(child);
                if (child.Terminating)
                {
                    open.Clear();
                    break;
                }
            }

            foreach (var child in Enumerable.Reverse(children))
            {
                open.Push((child.Name, (metadata, _) => targets.Delegations!.Require(metadata, child)));
            }
        }

        return null;
    }

    private static T? Trusted<T>(Func<T?> read)
        where T : class
    {
        // What a cache holds is no reason to fail: it may be of former keys, or damaged, and then it is as if it were not there.
        try
        {
            return read();
        }
        catch (TufException e) when (e.Failure is not TufFailure.Unreachable)
        {
            return null;
        }
    }

    private async Task UpdateRootAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < options.MaxRootRotations; i++)
        {
            var version = Root.Metadata.Version + 1;
            var next = Trusted(() => cache.ReadRoot(version) is { } kept ? Rotate(kept, version) : null);
            if (next is null && repository is not null)
            {
                var name = $"{version.ToString(CultureInfo.InvariantCulture)}.root.json";
                var bytes = await repository.ReadMetadataAsync(name, options.MaxRootBytes, cancellationToken).ConfigureAwait(false);
                next = bytes is null ? null : Rotate(bytes, version);
            }

            if (next is null)
            {
                return;
            }

            cache.KeepRoot(next.Metadata);
            _root = next;
        }
    }

    private TufRoot Rotate(byte[] bytes, int version)
    {
        var next = TufRoot.Read(bytes);
        Root.Require(next.Metadata, TufRole.Root);
        next.Require(next.Metadata, TufRole.Root);
        next.Metadata.RequireVersion(version, TufRole.Root);
        return next;
    }

    private async Task<TufTimestamp> UpdateTimestampAsync(CancellationToken cancellationToken)
    {
        var trusted = Trusted(() => cache.ReadRole(TufRole.Timestamp) is { } kept ? ReadTimestamp(kept) : null);
        if (repository is not null)
        {
            var bytes = await repository.ReadMetadataAsync("timestamp.json", options.MaxTimestampBytes, cancellationToken).ConfigureAwait(false);
            var next = ReadTimestamp(bytes ?? throw NotFound(TufRole.Timestamp));
            next.RequireNotOlderThan(trusted);
            if (next.Metadata.Version != trusted?.Metadata.Version)
            {
                RequireFresh(next.Metadata, TufRole.Timestamp);
                cache.KeepRole(TufRole.Timestamp, next.Metadata);
                return next;
            }
        }

        RequireFresh((trusted ?? throw NotFound(TufRole.Timestamp)).Metadata, TufRole.Timestamp);
        return trusted;
    }

    private TufTimestamp ReadTimestamp(byte[] bytes)
    {
        var timestamp = TufTimestamp.Read(bytes);
        Root.Require(timestamp.Metadata, TufRole.Timestamp);
        return timestamp;
    }

    private async Task<TufSnapshot> UpdateSnapshotAsync(TufTimestamp timestamp, CancellationToken cancellationToken)
    {
        var description = timestamp.Snapshot;
        var trusted = Trusted(() => cache.ReadRole(TufRole.Snapshot) is { } kept ? ReadSnapshot(kept) : null);
        if (trusted is not null && IsCurrent(trusted.Metadata, description, TufRole.Snapshot))
        {
            return trusted;
        }

        var bytes = await FetchAsync(TufRole.Snapshot, description, options.MaxSnapshotBytes, cancellationToken).ConfigureAwait(false);
        var next = ReadSnapshot(bytes);
        next.Metadata.RequireVersion(description.Version, TufRole.Snapshot);
        next.RequireNotOlderThan(trusted);
        RequireFresh(next.Metadata, TufRole.Snapshot);
        cache.KeepRole(TufRole.Snapshot, next.Metadata);
        return next;
    }

    private TufSnapshot ReadSnapshot(byte[] bytes)
    {
        var snapshot = TufSnapshot.Read(bytes);
        Root.Require(snapshot.Metadata, TufRole.Snapshot);
        return snapshot;
    }

    private async Task<TufTargets> LoadTargetsAsync(string role, Action<TufMetadata, string> require, CancellationToken cancellationToken)
    {
        if (_targets.TryGetValue(role, out var loaded))
        {
            return loaded;
        }

        var description = _snapshot!.Of(role);
        var targets = Trusted(() => cache.ReadRole(role) is { } kept ? ReadTargets(kept, role, require) : null);
        if (targets is null || !IsCurrent(targets.Metadata, description, role))
        {
            targets = ReadTargets(await FetchAsync(role, description, options.MaxTargetsBytes, cancellationToken).ConfigureAwait(false), role, require);
            targets.Metadata.RequireVersion(description.Version, role);
            RequireFresh(targets.Metadata, role);
            cache.KeepRole(role, targets.Metadata);
        }

        _targets[role] = targets;
        return targets;
    }

    private static TufTargets ReadTargets(byte[] bytes, string role, Action<TufMetadata, string> require)
    {
        var targets = TufTargets.Read(bytes, role);
        require(targets.Metadata, role);
        return targets;
    }

    // Whether a kept file is the one that trusted metadata describes and can be used now; if not, the repository is asked.
    private bool IsCurrent(TufMetadata kept, TufFileDescription description, string role) => Trusted(() =>
    {
        kept.RequireVersion(description.Version, role);
        TufBytes.Require(kept.Bytes.Span, description.Length, description.Hashes, role);
        RequireFresh(kept, role);
        return kept;
    }) is not null;

    private async Task<byte[]> FetchAsync(string role, TufFileDescription description, int limit, CancellationToken cancellationToken)
    {
        var prefix = Root.ConsistentSnapshot ? description.Version.ToString(CultureInfo.InvariantCulture) + "." : "";
        var name = prefix + Uri.EscapeDataString(role) + ".json";
        var bytes = repository is null
            ? null
            : await repository.ReadMetadataAsync(name, Math.Min(description.Length ?? limit, limit), cancellationToken).ConfigureAwait(false);
        TufBytes.Require(bytes ?? throw NotFound(role), description.Length, description.Hashes, role);
        return bytes;
    }

    private void RequireFresh(TufMetadata metadata, string role)
    {
        if (!options.AllowExpired)
        {
            metadata.RequireFresh(start, role);
        }
    }

    private TufException NotFound(string role) => new(TufFailure.NotFound, role, repository is null
        ? "the cache has no version that can be used; update once with a network"
        : "the repository does not have the file that its metadata names");
}
