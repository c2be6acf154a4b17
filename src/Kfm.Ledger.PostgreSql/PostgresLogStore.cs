using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Npgsql;

namespace Kfm.Ledger.PostgreSql;

/// <summary>A log in PostgreSQL that several processes on several machines append to.</summary>
/// <remarks>
/// Each process inserts what its writers ask for as one array into a table of pending leaves. One elected sequencer gives the indexes and appends all that
/// waits in one transaction. Every process that appends is a candidate; when the sequencer dies, falls silent or loses its connection, the server
/// lets go of its lock and another takes over within two seconds. An epoch in the head, raised by each election, keeps a sequencer that was replaced
/// from committing anything. An entry is acknowledged when the sequencer's transaction is durable (<c>synchronous_commit = on</c>; the server must run with <c>fsync = on</c>).
/// </remarks>
public sealed class PostgresLogStore : ILogStore
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);
    private readonly NpgsqlDataSource _pool;
    private readonly NpgsqlDataSource _dedicated;
    private readonly PostgresLogOptions _options;
    private readonly AckListener _acks;
    private readonly Election _election;
    private readonly DoneBatches _done = new();

    private PostgresLogStore(PostgresLogOptions options, LogIdentity identity, NpgsqlDataSource pool, NpgsqlDataSource dedicated, long client)
    {
        (_options, Identity, _pool, _dedicated) = (options, identity, pool, dedicated);
        _acks = new AckListener(dedicated, options.Schema, client);
        _election = new Election(dedicated, options.Schema, identity.IsIdempotent, _acks);
    }

    /// <inheritdoc/>
    public LogIdentity Identity { get; }

    /// <inheritdoc/>
    public int BatchesAtOnce => _options.BatchesAtOnce;

    /// <summary>Opens a log; creates it when an identity is given and the schema holds none.</summary>
    /// <param name="options">Which log, and how.</param>
    /// <exception cref="LedgerException">
    /// The server cannot be reached, the schema holds no log (<see cref="LedgerFault.NotALog"/>) or another one (<see cref="LedgerFault.OtherLog"/>).
    /// </exception>
    /// <exception cref="ArgumentException">The connection string cannot be read, or an option is out of its limits.</exception>
    public static PostgresLogStore Open(PostgresLogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!PostgresOpening.IsName(options.Schema) || options.Timeout < TimeSpan.FromSeconds(2) || options.BatchesAtOnce is < 1 or > 64)
        {
            throw new ArgumentException("A schema is 1 to 40 lower-case letters, digits and underscores; the timeout is at least 2 seconds; 1 to 64 batches.", nameof(options));
        }

        var pool = PostgresOpening.Source(options.ConnectionString, isPooled: true);
        var dedicated = PostgresOpening.Source(options.ConnectionString, isPooled: false);
        try
        {
            var (identity, client) = PostgresError.Guard(() => PostgresOpening.Open(pool, options));
            return new PostgresLogStore(options, identity, pool, dedicated, client);
        }
        catch
        {
            pool.Dispose();
            dedicated.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<AppendGroup> groups, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0)
        {
            return [];
        }

        LeafHashing.Hash(groups);
        _election.Stand();
        var (number, sequenced) = _acks.Expect();
        try
        {
            await PostgresError.GuardAsync(() => HandOverAsync(number, new BatchRows(groups, Identity.Content))).ConfigureAwait(false);
            return await WaitAsync(number, sequenced, groups, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _acks.Forget(number);
            _done.Add(number);
        }
    }

    /// <inheritdoc/>
    public LogHead Head() => One(
        "SELECT size, root FROM {0}.head WHERE id = 1", row => new LogHead(row.GetInt64(0), MerkleHash.FromBytes(row.GetFieldValue<byte[]>(1))))
        ?? throw new LedgerException(LedgerFault.Damaged, "The head of the log is missing.");

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Tile(Tile tile) => PostgresError.Guard(() =>
    {
        using var connection = _pool.OpenConnection();
        return PostgresTiles.Read(connection, _options.Schema, tile);
    });

    /// <inheritdoc/>
    public long MinimumIndex() => One("SELECT minimum FROM {0}.head WHERE id = 1", row => row.GetInt64(0));

    /// <inheritdoc/>
    public void Prune(long minimumIndex)
    {
        if (minimumIndex % Tiles.Tile.Width != 0 || minimumIndex > Head().Size)
        {
            throw new ArgumentOutOfRangeException(nameof(minimumIndex), minimumIndex, "A minimum index is a multiple of 256 within the log.");
        }

        Change(
            """
            WITH cut AS (UPDATE {0}.head SET minimum = greatest(minimum, $1) WHERE id = 1),
                 unfound AS (DELETE FROM {0}.lookups WHERE idx < $1)
            UPDATE {0}.entries SET leaf = NULL WHERE idx < $1 AND leaf IS NOT NULL
            """,
            new NpgsqlParameter<long> { TypedValue = minimumIndex });
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredEntry> Entries(long from, int count)
    {
        var rows = All(
            "SELECT idx, leaf FROM {0}.entries WHERE idx >= $1 ORDER BY idx LIMIT $2",
            row => (Index: row.GetInt64(0), Leaf: row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1)),
            new NpgsqlParameter<long> { TypedValue = from },
            new NpgsqlParameter<int> { TypedValue = count });
        var entries = new StoredEntry[rows.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var (index, leaf) = rows[i];
            if (index != from + i)
            {
                throw new LedgerException(LedgerFault.Damaged, $"Entry {from + i} is missing from the store; run a check of the log.");
            }

            entries[i] = new StoredEntry(index, leaf ?? throw new LedgerException(LedgerFault.Pruned, $"The bytes of entry {index} were pruned; its hash is kept."));
        }

        return entries;
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> Find(LookupField field, string value) => All(
        "SELECT idx FROM {0}.lookups WHERE hash = $1 ORDER BY idx", row => row.GetInt64(0), new NpgsqlParameter<long> { TypedValue = LogTables.LookupHash(field, value) });

    /// <inheritdoc/>
    public string? CheckpointAt(long size) =>
        One("SELECT note FROM {0}.checkpoints WHERE size = $1", row => row.GetString(0), new NpgsqlParameter<long> { TypedValue = size });

    /// <inheritdoc/>
    public string? LastCheckpoint() => One("SELECT note FROM {0}.checkpoints ORDER BY size DESC LIMIT 1", row => row.GetString(0));

    /// <inheritdoc/>
    public IReadOnlyList<KeptCheckpoint> Checkpoints() => All(
        "SELECT size, recorded, note FROM {0}.checkpoints ORDER BY size",
        row => new KeptCheckpoint(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2)));

    /// <inheritdoc/>
    public string KeepCheckpoint(long size, string note, DateTimeOffset recorded)
    {
        Change(
            "INSERT INTO {0}.checkpoints VALUES ($1, $2, $3) ON CONFLICT (size) DO NOTHING",
            new NpgsqlParameter<long> { TypedValue = size },
            new NpgsqlParameter<string> { TypedValue = note },
            new NpgsqlParameter<DateTime> { TypedValue = recorded.UtcDateTime });
        return CheckpointAt(size) ?? throw new LedgerException(LedgerFault.Damaged, $"The checkpoint of size {size} vanished from the store.");
    }

    /// <inheritdoc/>
    public bool ReplaceCheckpoint(long size, string old, string note) => Change(
        "UPDATE {0}.checkpoints SET note = $3 WHERE size = $1 AND note = $2",
        new NpgsqlParameter<long> { TypedValue = size },
        new NpgsqlParameter<string> { TypedValue = old },
        new NpgsqlParameter<string> { TypedValue = note }) == 1;

    /// <summary>Steps down where this process is the sequencer, and closes all connections.</summary>
    public void Dispose()
    {
        _election.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _acks.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _pool.Dispose();
        _dedicated.Dispose();
    }

    private async Task<int> HandOverAsync(long number, BatchRows rows)
    {
        using var connection = await _pool.OpenConnectionAsync().ConfigureAwait(false);
        using var batch = new NpgsqlBatch(connection);
        if (_done.Take() is { Length: > 0 } done)
        {
            var forget = new NpgsqlBatchCommand($"DELETE FROM {_options.Schema}.results WHERE batch = ANY($1)");
            forget.Parameters.Add(BatchRows.Array(done, NpgsqlTypes.NpgsqlDbType.Bigint));
            batch.BatchCommands.Add(forget);
        }

        var insert = new NpgsqlBatchCommand(
            $"INSERT INTO {_options.Schema}.pending SELECT $1, n, g, k, l, x FROM unnest($2, $3, $4, $5) WITH ORDINALITY AS t(g, k, l, x, n)");
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        rows.AddTo(insert.Parameters);
        batch.BatchCommands.Add(insert);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"NOTIFY {_options.Schema}_pending"));
        return await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<AppendOutcome>> WaitAsync(long number, Task<long?> sequenced, IReadOnlyList<AppendGroup> groups, CancellationToken stop)
    {
        for (var waited = TimeSpan.Zero; waited < _options.Timeout; waited += LookAgain)
        {
            await Task.WhenAny(sequenced, Task.Delay(LookAgain, stop)).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            if (sequenced.IsCompleted && await sequenced.ConfigureAwait(false) is { } first)
            {
                return BatchResult.Contiguous(groups, first);
            }

            // Either the result is not told in a notification, or the notification was lost with a connection.
            if (await LookAsync(number, groups).ConfigureAwait(false) is { } outcomes)
            {
                return outcomes;
            }
        }

        return await WithdrawAsync(number, groups).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<AppendOutcome>?> LookAsync(long number, IReadOnlyList<AppendGroup> groups)
    {
        try
        {
            using var command = _pool.CreateCommand(
                $"SELECT (SELECT outcome FROM {_options.Schema}.results WHERE batch = $1), EXISTS (SELECT FROM {_options.Schema}.pending WHERE batch = $1)");
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
            using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            await reader.ReadAsync().ConfigureAwait(false);
            if (!await reader.IsDBNullAsync(0).ConfigureAwait(false))
            {
                return BatchResult.Read(reader.GetFieldValue<byte[]>(0), groups);
            }

            return reader.GetBoolean(1)
                ? null
                : throw new LedgerException(LedgerFault.Storage, "The server forgot the batch, as it does after a crash; append the entries again.");
        }
        catch (Exception e) when (PostgresError.IsDriver(e))
        {
            _acks.LastFailure = e;
            return null;
        }
    }

    private Task<IReadOnlyList<AppendOutcome>> WithdrawAsync(long number, IReadOnlyList<AppendGroup> groups) => PostgresError.GuardAsync(async () =>
    {
        using var command = _pool.CreateCommand($"DELETE FROM {_options.Schema}.pending WHERE batch = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        if (await command.ExecuteNonQueryAsync().ConfigureAwait(false) == 0 && await LookAsync(number, groups).ConfigureAwait(false) is { } outcomes)
        {
            return outcomes;
        }

        throw new LedgerException(
            LedgerFault.Busy, $"No process sequenced the entries in {_options.Timeout.TotalSeconds} seconds; nothing was appended. {_acks.LastFailure?.Message}", _acks.LastFailure);
    });

    private T? One<T>(string sql, Func<NpgsqlDataReader, T> read, params ReadOnlySpan<NpgsqlParameter> parameters) => All(sql, read, parameters).FirstOrDefault();

    private List<T> All<T>(string sql, Func<NpgsqlDataReader, T> read, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        using var command = Command(sql, parameters);
        return PostgresError.Guard(() =>
        {
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        });
    }

    private int Change(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        using var command = Command(sql, parameters);
        return PostgresError.Guard(command.ExecuteNonQuery);
    }

    private NpgsqlCommand Command(string sql, ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = _pool.CreateCommand(sql.Replace("{0}", _options.Schema, StringComparison.Ordinal));
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
