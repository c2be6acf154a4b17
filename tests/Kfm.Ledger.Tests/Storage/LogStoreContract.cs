using Kfm.Ledger.Entries;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Ledger.Verification;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Tests.Storage;

/// <summary>What every store of a log does. Each store has one class of tests that derives from this.</summary>
public abstract class LogStoreContract : IDisposable
{
    private ILogStore? _store;

    private ILogStore Store => _store ??= Open(LogContent.Entries, isIdempotent: true);

    /// <summary>Opens the store of the test, or creates it.</summary>
    protected abstract ILogStore Open(LogContent content, bool isIdempotent);


    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing) => _store?.Dispose();

    [StoreFact]
    public async Task Groups_get_contiguous_indexes_in_their_order()
    {
        var outcomes = await AppendAsync([Group(0, 1), Group(2), Group(3, 4, 5)]);
        Assert.Equal([0, 1, 2, 3, 4, 5], outcomes.SelectMany(o => o.Receipts!).Select(r => r.Index));
        Assert.All(outcomes.SelectMany(o => o.Receipts!), r => Assert.True(r.IsNew));
        Assert.Equal(6, Store.Head().Size);
        Assert.Equal(Tree(6).Root(), Store.Head().Root);
    }

    [StoreFact]
    public async Task Entry_reads_back_as_it_was_appended()
    {
        await AppendAsync([Group([.. Enumerable.Range(0, 300)])]);
        Assert.Equal(Enumerable.Range(0, 300).Select(i => Convert.ToHexString(Leaf(i).Bytes.Span)), Store.Entries(0, 1000).Select(e => Convert.ToHexString(e.Bytes.Span)));
        Assert.Equal([254L, 255, 256, 257], Store.Entries(254, 4).Select(e => e.Index));
        Assert.Empty(Store.Entries(300, 10));
    }

    [StoreFact]
    public async Task Entry_that_is_there_keeps_its_index()
    {
        await AppendAsync([Group(0, 1)]);
        var outcome = Assert.Single(await AppendAsync([Group(1, 2, 1)]));
        Assert.Equal([(1L, false), (2L, true), (1L, false)], outcome.Receipts!.Select(r => (r.Index, r.IsNew)));
        Assert.Equal(3, Store.Head().Size);
    }

    [StoreFact]
    public async Task Group_with_a_taken_key_is_refused_as_a_whole_and_the_others_are_appended()
    {
        await AppendAsync([Keyed("k", 0)]);
        var outcomes = await AppendAsync([Group(1), new AppendGroup([Leaf(2), Leaf(3, "k")]), Group(4)]);
        Assert.Equal([1L, 2L], outcomes.Where(o => o.Conflict is null).Select(o => o.Receipts![0].Index));
        Assert.Equal(0, outcomes[1].Conflict!.Index);
        Assert.Equal(3, Store.Head().Size);
        Assert.Empty(Store.Find(LookupField.Subject, Entry(2).Subject.ToString()));
    }

    [StoreFact]
    public async Task Same_key_and_same_content_is_the_same_entry()
    {
        await AppendAsync([Keyed("k", 0)]);
        Assert.Equal((0L, false), (await AppendAsync([Keyed("k", 0)]))[0].Receipts!.Select(r => (r.Index, r.IsNew)).Single());
    }

    [StoreFact]
    public async Task Log_without_keys_appends_the_same_twice()
    {
        using var store = Open(LogContent.Bytes, isIdempotent: false);
        var group = new AppendGroup([new LogLeaf("a"u8.ToArray()), new LogLeaf("a"u8.ToArray())]);
        var outcome = Assert.Single(await store.AppendAsync([group], CancellationToken.None));
        Assert.Equal([(0L, true), (1L, true)], outcome.Receipts!.Select(r => (r.Index, r.IsNew)));
        Assert.Equal("a"u8.ToArray(), store.Entries(1, 1)[0].Bytes.ToArray());
    }

    [StoreFact]
    public async Task Tiles_are_those_of_the_tree_at_every_size()
    {
        var (size, step) = (0, 1);
        while (size < 1100)
        {
            await AppendAsync([Group([.. Enumerable.Range(size, step)])]);
            size += step;
            step = (step * 2 % 300) + 1;
            AssertTiles(size);
        }
    }

    [StoreFact]
    public async Task Entries_are_found_by_kind_trace_and_subject()
    {
        await AppendAsync([Group([.. Enumerable.Range(0, 40)])]);
        Assert.Equal([3L, 14, 25, 36], Store.Find(LookupField.Kind, "build"));
        Assert.Equal([8L, 9, 10, 11], Store.Find(LookupField.Trace, Entry(8).TraceId!.Value.ToString("D")));
        Assert.Equal([17L], Store.Find(LookupField.Subject, Entry(17).Subject.ToString()));
        Assert.Empty(Store.Find(LookupField.Kind, "Build"));
    }

    [StoreFact]
    public async Task First_checkpoint_of_a_size_stays()
    {
        await AppendAsync([Group(0, 1, 2)]);
        Assert.Null(Store.LastCheckpoint());
        Assert.Equal("one", Store.KeepCheckpoint(2, "one", DateTimeOffset.UnixEpoch));
        Assert.Equal("one", Store.KeepCheckpoint(2, "other", DateTimeOffset.UnixEpoch));
        Assert.Equal("three", Store.KeepCheckpoint(3, "three", DateTimeOffset.UnixEpoch));
        Assert.Equal("three", Store.LastCheckpoint());
        Assert.Equal([2L, 3], Store.Checkpoints().Select(c => c.Size));
        Assert.False(Store.ReplaceCheckpoint(2, "other", "more"));
        Assert.True(Store.ReplaceCheckpoint(2, "one", "more"));
        Assert.Equal("more", Store.CheckpointAt(2));
    }

    [StoreFact]
    public async Task Pruned_entries_are_gone_and_tiles_stay()
    {
        await AppendAsync([Group([.. Enumerable.Range(0, 600)])]);
        Store.Prune(512);
        Store.Prune(256);
        Assert.Equal(512, Store.MinimumIndex());
        Assert.Equal(LedgerFault.Pruned, Assert.Throws<LedgerException>(() => Store.Entries(511, 1)).Fault);
        Assert.Equal(88, Store.Entries(512, 1000).Count);
        AssertTiles(600);
        Assert.Equal(3L, (await AppendAsync([Group(3)]))[0].Receipts!.Single().Index);
        Assert.Equal(600L, (await AppendAsync([Group(600)]))[0].Receipts!.Single().Index);
    }

    [StoreFact]
    public async Task Everything_is_there_after_opening_again()
    {
        await AppendAsync([Group([.. Enumerable.Range(0, 257)])]);
        Store.KeepCheckpoint(257, "note", DateTimeOffset.UnixEpoch);
        var head = Store.Head();
        Store.Dispose();
        _store = null;
        Assert.Equal(head, Store.Head());
        Assert.Equal("note", Store.LastCheckpoint());
        Assert.Equal(1L, (await AppendAsync([Group(1)]))[0].Receipts!.Single().Index);
        await AppendAsync([Group(257)]);
        AssertTiles(258);
    }

    [StoreFact]
    public async Task Many_callers_at_once_leave_no_gap()
    {
        var (store, outcomes) = (Store, new List<AppendOutcome>());
        var calls = Enumerable.Range(0, 40).Select(i => Task.Run(() => store.AppendAsync([Group(2 * i, (2 * i) + 1)], CancellationToken.None))).ToList();
        foreach (var call in calls)
        {
            outcomes.AddRange(await call);
        }

        Assert.Equal(Enumerable.Range(0, 80).Select(i => (long)i), outcomes.SelectMany(o => o.Receipts!).Select(r => r.Index).Order());
        Assert.All(outcomes, o => Assert.Equal(o.Receipts![0].Index + 1, o.Receipts![1].Index));
        Assert.All(outcomes.SelectMany(o => o.Receipts!), r => Assert.Equal(r.LeafHash, MerkleHash.Leaf(Store.Entries(r.Index, 1)[0].Bytes.Span)));
    }

    [StoreFact]
    public async Task Check_of_the_store_finds_nothing_wrong_also_after_pruning()
    {
        await AppendAsync([Group([.. Enumerable.Range(0, 600)])]);
        Assert.Equal(600, Sound().Size);
        Store.Prune(256);
        Assert.Equal(Tree(600).Root(), Sound().Root);
    }

    [StoreFact]
    public async Task Check_of_the_store_finds_a_checkpoint_that_the_log_does_not_lead_to()
    {
        await AppendAsync([Group(0, 1, 2)]);
        Store.KeepCheckpoint(2, $"log.example/kfm\n2\n{Tree(1).Root()}\n\n\u2014 x AAAAAAAA\n", DateTimeOffset.UnixEpoch);
        Assert.False(StoreVerifier.Verify(Store, []).IsSound);
    }

    private LogReport Sound()
    {
        var report = StoreVerifier.Verify(Store, []);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        return report;
    }

    private static LogLeaf Leaf(int number, string? key = null) => new(Entry(number, key));

    private static AppendGroup Group(params int[] numbers) => new([.. numbers.Select(n => Leaf(n))]);

    private static AppendGroup Keyed(string key, int number) => new([Leaf(number, key)]);

    private static LedgerEntry Entry(int number, string? key = null) => new()
    {
        Kind = (LedgerEntryKind)(number % 11),
        TraceId = new Guid(number / 4, 0, 0, new byte[8]),
        Repository = "https://git.example/repo",
        Subject = Digest.Of(BitConverter.GetBytes(number)),
        Time = DateTimeOffset.UnixEpoch.AddSeconds(number),
        Key = key,
    };

    private static CompactRange Tree(int size)
    {
        var tree = new CompactRange();
        for (var i = 0; i < size; i++)
        {
            tree.Append(MerkleHash.Leaf(Leaf(i).Bytes.Span));
        }

        return tree;
    }

    private Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<AppendGroup> groups) => Store.AppendAsync(groups, CancellationToken.None);

    private void AssertTiles(int size)
    {
        var level = Enumerable.Range(0, size).Select(i => MerkleHash.Leaf(Leaf(i).Bytes.Span)).ToList();
        for (var height = 0; level.Count > 0; height++)
        {
            foreach (var (hashes, number) in level.Chunk(Tile.Width).Select((c, n) => (c, n)))
            {
                Assert.Equal(Convert.ToHexString([.. hashes.SelectMany(h => h.ToBytes())]), Convert.ToHexString(Store.Tile(new Tile(height, (ulong)number)).Span));
            }

            Assert.True(Store.Tile(new Tile(height, (ulong)((level.Count + 255) / 256))).IsEmpty);
            level = [.. level.Chunk(Tile.Width).Where(c => c.Length == Tile.Width).Select(Fold)];
        }
    }

    private static MerkleHash Fold(MerkleHash[] hashes)
    {
        var tree = new CompactRange();
        foreach (var hash in hashes)
        {
            tree.Append(hash);
        }

        return tree.Root();
    }
}
