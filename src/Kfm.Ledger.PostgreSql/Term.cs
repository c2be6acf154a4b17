using System.Globalization;
using System.Text;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Npgsql;
using NpgsqlTypes;

namespace Kfm.Ledger.PostgreSql;

/// <summary>
/// One term of an elected sequencer: it takes all that is pending, appends it in one transaction, and says what became of it. The transaction is one
/// message to the server, so that there is no moment in which it waits for this process.
/// </summary>
internal sealed class Term : IDisposable
{
    // Below the limit of the server for a notification, 8,000 bytes.
    private const int MaxPayload = 7000;
    private const int VacuumAfter = 10_000;
    private readonly NpgsqlConnection _connection;
    private readonly string _schema;
    private readonly bool _isIdempotent;
    private readonly AckListener _acks;
    private readonly long _epoch;
    private readonly TreeAppender _tree;
    private readonly NpgsqlCommand _read;
    private readonly NpgsqlCommand _find;
    private readonly NpgsqlCommand _vacuum;
    private readonly NpgsqlParameter<byte[][]> _wanted = new() { TypedValue = [], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
    private bool _isNotified;
    private int _deleted;

    private Term(NpgsqlConnection connection, string schema, bool isIdempotent, AckListener acks, long epoch, TreeAppender tree)
    {
        (_connection, _schema, _isIdempotent, _acks, _epoch, _tree) = (connection, schema, isIdempotent, acks, epoch, tree);
        _connection.Notification += (_, _) => _isNotified = true;
        _read = new NpgsqlCommand($"SELECT batch, grp, key, leaf, lookups FROM {schema}.pending ORDER BY batch, pos", connection);
        _find = new NpgsqlCommand(
            $"SELECT k.key, k.idx, e.hash FROM {schema}.keys k JOIN {schema}.entries e ON e.idx = k.idx WHERE k.key = ANY($1)", connection);
        _find.Parameters.Add(_wanted);
        _vacuum = new NpgsqlCommand($"VACUUM {schema}.pending, {schema}.results", connection);
    }

    /// <summary>Begins a term: raises the epoch, so that no earlier sequencer commits any more, and reads the edge of the log.</summary>
    internal static async Task<Term> BeginAsync(NpgsqlConnection connection, string schema, bool isIdempotent, AckListener acks, CancellationToken stop)
    {
        using var raise = new NpgsqlCommand(
            $"""
            UPDATE {schema}.head SET epoch = epoch + 1 WHERE id = 1;
            DELETE FROM {schema}.results WHERE made < now() - interval '1 hour';
            SELECT size, root, epoch FROM {schema}.head WHERE id = 1
            """,
            connection);
        using var reader = await raise.ExecuteReaderAsync(stop).ConfigureAwait(false);
        if (!await reader.ReadAsync(stop).ConfigureAwait(false))
        {
            throw new LedgerException(LedgerFault.Damaged, "The head of the log is missing.");
        }

        var (size, root, epoch) = (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2));
        await reader.CloseAsync().ConfigureAwait(false);
        var tree = new TreeAppender((ulong)size, tile => PostgresTiles.Read(connection, schema, tile));
        return tree.Root().ToBytes().AsSpan().SequenceEqual(root)
            ? new Term(connection, schema, isIdempotent, acks, epoch, tree)
            : throw new LedgerException(LedgerFault.Damaged, "The tiles do not lead to the head of the log; run a check of the log.");
    }

    /// <summary>Sequences until it is stopped, or throws what ended the term.</summary>
    internal async Task SequenceAsync(CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            _isNotified = false;
            var batches = await ReadPendingAsync(stop).ConfigureAwait(false);
            if (batches.Count > 0)
            {
                await AppendAsync(batches).ConfigureAwait(false);
            }
            else if (!_isNotified)
            {
                await _connection.WaitAsync(TimeSpan.FromMilliseconds(Election.SilenceMilliseconds / 3), stop).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _read.Dispose();
        _find.Dispose();
        _vacuum.Dispose();
    }

    private async Task<List<PendingBatch>> ReadPendingAsync(CancellationToken stop)
    {
        var batches = new List<PendingBatch>();
        using var reader = await _read.ExecuteReaderAsync(stop).ConfigureAwait(false);
        while (await reader.ReadAsync(stop).ConfigureAwait(false))
        {
            var batch = reader.GetInt64(0);
            if (batches.Count == 0 || batches[^1].Number != batch)
            {
                batches.Add(new PendingBatch(batch));
            }

            batches[^1].Add(reader.GetInt32(1), new PendingRow(
                new LogLeaf(reader.GetFieldValue<byte[]>(3), MerkleHash.FromBytes(reader.GetFieldValue<byte[]>(2))), reader.GetFieldValue<byte[]>(4)));
        }

        return batches;
    }

    private async Task<Dictionary<MerkleHash, KnownEntry?>> FindKnownAsync(List<PendingRow> rows)
    {
        var known = new Dictionary<MerkleHash, KnownEntry?>();
        if (!_isIdempotent)
        {
            return known;
        }

        _wanted.TypedValue = [.. rows.Select(r => r.Leaf.Key.ToBytes())];
        using var reader = await _find.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            known[MerkleHash.FromBytes(reader.GetFieldValue<byte[]>(0))] = new KnownEntry(reader.GetInt64(1), MerkleHash.FromBytes(reader.GetFieldValue<byte[]>(2)));
        }

        return known;
    }

    // Not cancelled: a batch that is under way is finished.
    private async Task AppendAsync(List<PendingBatch> batches)
    {
        var rows = batches.SelectMany(b => b.Rows).ToList();
        var known = await FindKnownAsync(rows).ConfigureAwait(false);
        var groups = batches.SelectMany(b => b.Groups()).ToList();
        var plan = AppendPlan.Create((long)_tree.Size, groups, _isIdempotent ? key => known.GetValueOrDefault(key) : null);
        var results = Results(batches, plan);
        using var transaction = new NpgsqlBatch(_connection);
        if (plan.Leaves.Count > 0)
        {
            var before = _tree.Size;
            foreach (var leaf in plan.Leaves)
            {
                _tree.Append(leaf.Hash);
            }

            AddHead(transaction, plan);
            AddEntries(transaction, plan, rows);
            AddTiles(transaction, before);
        }

        AddResults(transaction, results);
        await transaction.ExecuteNonQueryAsync().ConfigureAwait(false);
        foreach (var result in results)
        {
            _acks.Complete(result.Batch, result.First);
        }

        _deleted += rows.Count;
        if (_deleted > VacuumAfter)
        {
            // Rows come and go too fast for the server's own schedule, and each reading passes over the dead ones.
            _deleted = 0;
            await _vacuum.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }

    private static List<(long Batch, byte[] Outcome, long? First)> Results(List<PendingBatch> batches, AppendPlan plan)
    {
        var results = new List<(long, byte[], long?)>();
        var at = 0;
        foreach (var batch in batches)
        {
            var groups = batch.Groups();
            var outcomes = plan.Outcomes.Skip(at).Take(groups.Count).ToList();
            results.Add((batch.Number, BatchResult.Write(groups, outcomes), BatchResult.FirstOfContiguous(outcomes)));
            at += groups.Count;
        }

        return results;
    }

    private void AddHead(NpgsqlBatch transaction, AppendPlan plan) => Add(
        transaction,
        $"SELECT {_schema}.advance($1, $2, $3, $4)",
        new NpgsqlParameter<long> { TypedValue = plan.Size },
        new NpgsqlParameter<long> { TypedValue = (long)_tree.Size },
        new NpgsqlParameter<byte[]> { TypedValue = _tree.Root().ToBytes() },
        new NpgsqlParameter<long> { TypedValue = _epoch });

    private void AddEntries(NpgsqlBatch transaction, AppendPlan plan, List<PendingRow> rows)
    {
        var lookupsOf = new Dictionary<LogLeaf, byte[]>(ReferenceEqualityComparer.Instance);
        foreach (var row in rows)
        {
            lookupsOf[row.Leaf] = row.Lookups;
        }

        var count = plan.Leaves.Count;
        var (hashes, leaves, keys) = (new byte[count][], new byte[count][], new byte[count][]);
        var (lookupHashes, lookupIndexes) = (new List<long>(), new List<long>());
        for (var i = 0; i < count; i++)
        {
            var leaf = plan.Leaves[i];
            (hashes[i], leaves[i], keys[i]) = (leaf.Hash.ToBytes(), leaf.Bytes.ToArray(), leaf.Key.ToBytes());
            foreach (var hash in BatchRows.LookupHashes(lookupsOf[leaf]))
            {
                lookupHashes.Add(hash);
                lookupIndexes.Add(plan.Size + i);
            }
        }

        var first = new NpgsqlParameter<long> { TypedValue = plan.Size - 1 };
        Add(
            transaction,
            $"INSERT INTO {_schema}.entries SELECT $1 + n, h, l FROM unnest($2, $3) WITH ORDINALITY AS t(h, l, n)",
            first,
            BatchRows.Array(hashes, NpgsqlDbType.Bytea),
            BatchRows.Array(leaves, NpgsqlDbType.Bytea));
        if (_isIdempotent)
        {
            Add(
                transaction,
                $"INSERT INTO {_schema}.keys SELECT k, $1 + n FROM unnest($2) WITH ORDINALITY AS t(k, n)",
                new NpgsqlParameter<long> { TypedValue = plan.Size - 1 },
                BatchRows.Array(keys, NpgsqlDbType.Bytea));
        }

        if (lookupHashes.Count > 0)
        {
            Add(
                transaction,
                $"INSERT INTO {_schema}.lookups SELECT * FROM unnest($1, $2)",
                BatchRows.Array(lookupHashes.ToArray(), NpgsqlDbType.Bigint),
                BatchRows.Array(lookupIndexes.ToArray(), NpgsqlDbType.Bigint));
        }
    }

    // Level 0 stands in the entries.
    private void AddTiles(NpgsqlBatch transaction, ulong before)
    {
        var tiles = _tree.TakeFull().Where(t => t.Tile.Level > 0).ToDictionary(t => t.Tile, t => t.Hashes);
        for (var level = 1; level < _tree.Levels && _tree.Size >> (level * Tile.Height) > before >> (level * Tile.Height); level++)
        {
            if (_tree.Partial(level) is { } partial)
            {
                tiles[partial.Tile] = partial.Hashes.ToArray();
            }
        }

        if (tiles.Count > 0)
        {
            Add(
                transaction,
                $"INSERT INTO {_schema}.tiles SELECT * FROM unnest($1, $2, $3) ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes",
                BatchRows.Array(tiles.Keys.Select(t => t.Level).ToArray(), NpgsqlDbType.Integer),
                BatchRows.Array(tiles.Keys.Select(t => (long)t.Number).ToArray(), NpgsqlDbType.Bigint),
                BatchRows.Array(tiles.Values.ToArray(), NpgsqlDbType.Bytea));
        }
    }

    private void AddResults(NpgsqlBatch transaction, List<(long Batch, byte[] Outcome, long? First)> results)
    {
        var numbers = results.ConvertAll(r => r.Batch).ToArray();
        Add(
            transaction,
            $"INSERT INTO {_schema}.results SELECT b, o FROM unnest($1, $2) AS t(b, o)",
            BatchRows.Array(numbers, NpgsqlDbType.Bigint),
            BatchRows.Array(results.ConvertAll(r => r.Outcome).ToArray(), NpgsqlDbType.Bytea));
        Add(transaction, $"DELETE FROM {_schema}.pending WHERE batch = ANY($1)", BatchRows.Array(numbers, NpgsqlDbType.Bigint));
        foreach (var payload in Payloads(results))
        {
            Add(transaction, $"SELECT pg_notify('{_schema}_acks', $1)", new NpgsqlParameter<string> { TypedValue = payload });
        }
    }

    /// <summary>What the other processes are told: the numbers of their batches, each with its first index where the rest follows from it.</summary>
    private IEnumerable<string> Payloads(List<(long Batch, byte[] Outcome, long? First)> results)
    {
        var text = new StringBuilder();
        foreach (var (batch, _, first) in results.Where(r => !_acks.IsOwn(r.Batch)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{batch}:{first} ");
            if (text.Length > MaxPayload)
            {
                yield return text.ToString();
                text.Clear();
            }
        }

        if (text.Length > 0)
        {
            yield return text.ToString();
        }
    }

    private static void Add(NpgsqlBatch transaction, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        transaction.BatchCommands.Add(command);
    }
}
