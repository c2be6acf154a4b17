using Npgsql;

namespace Kfm.Ledger.PostgreSql;

/// <summary>
/// A candidate for the one sequencer of a log. It tries for the advisory lock until it has it, sequences until the connection breaks or the log is closed, and
/// then begins again. The server ends the session, and with it the lock, of a sequencer that is silent for longer than <see cref="SilenceMilliseconds"/>.
/// </summary>
internal sealed class Election(NpgsqlDataSource server, string schema, bool isIdempotent, AckListener acks) : IAsyncDisposable
{
    /// <summary>How long a sequencer may be silent; it speaks three times as often.</summary>
    internal const int SilenceMilliseconds = 1200;

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(150);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task? _candidacy;

    /// <summary>Stands for election, from the first call on.</summary>
    internal void Stand()
    {
        lock (_gate)
        {
            _candidacy ??= Task.Run(RunAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_candidacy is { } running)
        {
            await running.ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await StandOnceAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (PostgresError.IsDriver(e) || e is LedgerException or OperationCanceledException)
            {
                // Whoever waits for an append is told by its own time limit; here the only answer to a failure is the next candidacy.
                acks.LastFailure = e;
            }

            await Task.Delay(Retry, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StandOnceAsync(CancellationToken stop)
    {
        using var connection = await server.OpenConnectionAsync(stop).ConfigureAwait(false);
        await ExecuteAsync(
            connection,

            // The tables grow from nothing between two looks of the planner, so it is told what is right at any size.
            $"SET synchronous_commit = on; SET client_connection_check_interval = 500; SET enable_seqscan = off; SET enable_hashjoin = off; "
            + $"SET enable_mergejoin = off; LISTEN {schema}_pending",
            stop).ConfigureAwait(false);
        while (!await TryLockAsync(connection, stop).ConfigureAwait(false))
        {
            await Task.Delay(Retry, stop).ConfigureAwait(false);
        }

        await ExecuteAsync(
            connection,
            $"SET idle_session_timeout = {SilenceMilliseconds}; SET idle_in_transaction_session_timeout = {SilenceMilliseconds}",
            stop).ConfigureAwait(false);
        using var term = await Term.BeginAsync(connection, schema, isIdempotent, acks, stop).ConfigureAwait(false);
        await term.SequenceAsync(stop).ConfigureAwait(false);
    }

    private async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({PostgresSchema.LockNumber(schema)})", connection);
        return (bool)(await command.ExecuteScalarAsync(stop).ConfigureAwait(false))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }
}
