using System.Runtime.ExceptionServices;

namespace Kfm.Provenance.Manifests;

/// <summary>
/// Lists and reads a tree on several threads at once: files that are listed are read before the next folder is listed, so that neither waits for the
/// other and the list of what is still to read stays short. The result does not tell how the work was shared.
/// </summary>
internal sealed class TreeWalk : IDisposable
{
    private const int MostAtOnce = 16;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly Stack<TreeFolder> _folders = new();
    private readonly Queue<TreeFile> _files = new();
    private readonly List<KeyValuePair<string, FileHash>> _results = [];
    private readonly ManifestOptions _options;
    private readonly PathRules _rules;
    private readonly int _workers;
    private int _busy;
    private int _waiting;
    private ExceptionDispatchInfo? _failure;

    private TreeWalk(ManifestOptions options, PathRules rules) => (_options, _rules, _workers) = (options, rules, options.Workers);

    /// <summary>What may be read at all; everything when null.</summary>
    private Func<string, bool>? IsCovered { get; init; }

    /// <summary>What is not even looked into; nothing when null.</summary>
    private Func<string, bool>? IsLeftOut { get; init; }

    /// <summary>Hashes every file and every link's target of a tree.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="rules">Which names are allowed.</param>
    /// <param name="hasher">Gives each thread its own.</param>
    /// <param name="isCovered">Which paths are read; null for all.</param>
    /// <returns>Path and hash, sorted by the UTF-8 bytes of the path.</returns>
    public static List<KeyValuePair<string, FileHash>> Hash(
        string root, ManifestOptions options, PathRules rules, Func<FileHasher> hasher, Func<string, bool>? isCovered = null)
    {
        using var walk = new TreeWalk(options, rules) { IsCovered = isCovered };
        return walk.Run(root, hasher);
    }

    /// <summary>Hashes the files that git would take: all but what lies in <c>.git</c> at the root.</summary>
    public static List<KeyValuePair<string, FileHash>> HashBlobs(string root, ManifestOptions options, Func<FileHasher> hasher)
    {
        using var walk = new TreeWalk(options, PathRules.Unix) { IsLeftOut = path => path == ".git" };
        return walk.Run(root, hasher);
    }

    public void Dispose() => _changed.Dispose();

    private List<KeyValuePair<string, FileHash>> Run(string root, Func<FileHasher> hasher)
    {
        _folders.Push(new(System.IO.Path.GetFullPath(root), ""));
        if (_workers == 1)
        {
            Work(hasher);
        }
        else
        {
            Parallel.For(0, _workers, new() { MaxDegreeOfParallelism = _workers }, _ => Work(hasher));
        }

        _failure?.Throw();
        _results.Sort((a, b) => PathOrder.Instance.Compare(a.Key, b.Key));
        return _results;
    }

    private bool IsIgnored(string path, bool isFolder) => (IsLeftOut?.Invoke(path) ?? false) || (_options.Ignore?.Decides(path, isFolder) ?? false);

    private void Work(Func<FileHasher> create)
    {
        using var hasher = create();
        var results = new List<KeyValuePair<string, FileHash>>();
        var batch = new List<TreeFile>(MostAtOnce);
        while (Next(batch, out var folder))
        {
            try
            {
                _options.CancellationToken.ThrowIfCancellationRequested();
                if (batch.Count == 0)
                {
                    List(folder);
                }

                foreach (var file in batch)
                {
                    results.Add(new(file.Path, hasher.Hash(file.FullPath, _options.CancellationToken)));
                }
            }
#pragma warning disable CA1031 // Nothing is swallowed: the walk ends and throws it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Fail(e);
            }
            finally
            {
                Done();
            }
        }

        lock (_gate)
        {
            _results.AddRange(results);
        }
    }

    private void List(TreeFolder folder)
    {
        var (folders, files) = (new List<TreeFolder>(), new List<TreeFile>());
        folder.List(_rules, IsIgnored, folders, files);
        lock (_gate)
        {
            folders.ForEach(_folders.Push);
            foreach (var file in files)
            {
                if (IsCovered?.Invoke(file.Path) ?? true)
                {
                    _files.Enqueue(file);
                }
            }

            Wake();
        }
    }

    // Waits while there is nothing to do but somebody may still find something.
    private bool Next(List<TreeFile> batch, out TreeFolder folder)
    {
        while (true)
        {
            lock (_gate)
            {
                batch.Clear();
                folder = default;
                if (_failure is not null || (_files.Count == 0 && _folders.Count == 0 && _busy == 0))
                {
                    return false;
                }

                if (_files.Count > 0 || _folders.TryPop(out folder))
                {
                    // Few files may be large ones, so they are dealt out one by one.
                    for (var left = Math.Clamp(_files.Count / (4 * _workers), 1, MostAtOnce); left > 0 && _files.TryDequeue(out var file); left--)
                    {
                        batch.Add(file);
                    }

                    _busy++;
                    return true;
                }

                _waiting++;
            }

            _changed.Wait(CancellationToken.None);
        }
    }

    private void Done()
    {
        lock (_gate)
        {
            _busy--;
            if (_failure is not null || (_busy == 0 && _files.Count == 0 && _folders.Count == 0))
            {
                Wake();
            }
        }
    }

    private void Fail(Exception e)
    {
        lock (_gate)
        {
            _failure ??= ExceptionDispatchInfo.Capture(e);
        }
    }

    private void Wake()
    {
        if (_waiting > 0)
        {
            _changed.Release(_waiting);
            _waiting = 0;
        }
    }
}
