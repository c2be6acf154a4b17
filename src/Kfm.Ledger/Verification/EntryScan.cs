using System.Collections.Concurrent;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Verification;

/// <summary>Reads every bundle once, on all cores, and computes from the entries what the store should hold.</summary>
internal sealed class EntryScan
{
    private const int BundlesAtOnce = 64;
    private readonly LogTables _tables;
    private readonly string _path;
    private readonly byte[] _roots;
    private readonly ConcurrentDictionary<long, byte[]> _leaves = new();
    private readonly ConcurrentDictionary<long, byte[]> _differences = new();
    private readonly HashSet<long> _kept;
    private readonly long _bundles;
    private long _missing;
    private long _lookups;

    /// <summary>Prepares a scan.</summary>
    /// <param name="tables">The tables, on a connection that holds a snapshot.</param>
    /// <param name="path">The path of the file, for further connections.</param>
    /// <param name="level">How much is computed again.</param>
    /// <param name="sizes">The sizes for which a root will be asked.</param>
    /// <param name="findings">Takes what is wrong.</param>
    internal EntryScan(LogTables tables, string path, CheckLevel level, IEnumerable<long> sizes, FindingList findings)
    {
        (_tables, _path, Level, Findings) = (tables, path, level, findings);
        Identity = LogOpening.Identity(tables);
        Minimum = tables.MinimumIndex();
        _missing = _bundles = tables.Count("bundles WHERE number >= 0");
        if (tables.Count("bundles") > _bundles)
        {
            findings.Add(LogDamage.Entry, null, "There is a bundle with a number below 0.");
        }

        _roots = new byte[_bundles * MerkleHash.Size];
        _kept = [.. sizes.Where(s => s % Tile.Width != 0).Select(s => s / Tile.Width)];
        var capacity = level >= CheckLevel.Indexes && Identity.IsIdempotent ? (_bundles + 1) * Tile.Width : 0;
        Keys = new KeyCheck(capacity == 0 ? 0 : Math.Clamp(tables.Keyed(), 0, capacity), capacity);
    }

    internal CheckLevel Level { get; }

    internal LogIdentity Identity { get; }

    internal FindingList Findings { get; }

    internal long Minimum { get; }

    internal KeyCheck Keys { get; }

    /// <summary>The bundles whose stored hashes differ, by the index of the first that does.</summary>
    internal IReadOnlyDictionary<long, byte[]> Differences => _differences;

    /// <summary>The number of rows that the entries make in the table of lookups.</summary>
    internal long Lookups => _lookups;

    /// <summary>Reads all.</summary>
    /// <returns>The tree over the entries that are there without a gap.</returns>
    internal ComputedTree Run(int threads, CancellationToken stop)
    {
        var next = -1L;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop };
        Parallel.For(0, threads, options, _ =>
        {
            using var worker = new BundleCheck(this, _path);
            for (var chunk = Interlocked.Increment(ref next); chunk * BundlesAtOnce < _bundles; chunk = Interlocked.Increment(ref next))
            {
                stop.ThrowIfCancellationRequested();
                worker.Check(chunk * BundlesAtOnce, Math.Min(_bundles, (chunk + 1) * BundlesAtOnce));
            }
        });
        if (_missing < _bundles)
        {
            Findings.Add(LogDamage.Entry, _missing * Tile.Width, $"Entry {_missing * Tile.Width} is missing, or cannot be read.");
            return new ComputedTree(_roots[..(int)(_missing * MerkleHash.Size)], [], _leaves);
        }

        return new ComputedTree(_roots, ReadTail(), _leaves);
    }

    /// <summary>A bundle was computed.</summary>
    internal void Found(long number, ReadOnlySpan<byte> hashes)
    {
        MerkleBatch.Fold(hashes).CopyTo(_roots.AsSpan((int)number * MerkleHash.Size));
        if (_kept.Contains(number))
        {
            _leaves[number] = hashes.ToArray();
        }
    }

    /// <summary>The stored hashes of a bundle differ from one index on.</summary>
    internal void Differs(long index, ReadOnlySpan<byte> stored) => _differences[index] = stored.ToArray();

    /// <summary>A bundle is not there, or cannot be read.</summary>
    internal void Missing(long number)
    {
        for (var known = Volatile.Read(ref _missing); number < known;)
        {
            var before = Interlocked.CompareExchange(ref _missing, number, known);
            known = before == known ? number : before;
        }
    }

    internal void CountLookup() => Interlocked.Increment(ref _lookups);

    private byte[] ReadTail()
    {
        using var worker = new BundleCheck(this, _path);
        var size = _bundles * Tile.Width;
        var hashes = new MemoryStream();
        foreach (var (first, entries) in _tables.Tail())
        {
            if (first != size || worker.CheckTail(first, entries) is not { } more || hashes.Length + more.Length >= Tile.Width * MerkleHash.Size)
            {
                Findings.Add(LogDamage.Entry, size, $"Entry {size} is missing or cannot be read; the next row of the tail begins with {first}.");
                break;
            }

            hashes.Write(more);
            size += more.Length / MerkleHash.Size;
        }

        return hashes.ToArray();
    }
}
