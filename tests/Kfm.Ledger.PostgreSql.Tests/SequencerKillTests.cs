using System.Diagnostics;
using System.Globalization;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Verification;
using Kfm.Provenance.Merkle;
using Kfm.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace Kfm.Ledger.PostgreSql.Tests;

/// <summary>Kills the elected sequencer in the middle of its transaction; <c>KFM_SEQUENCER_KILLS</c> says how often, 4 times by default.</summary>
[Collection(PostgresCollection.Name)]
public sealed class SequencerKillTests(PostgresServer server, ITestOutputHelper output)
{
    private const int Processes = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly string _schema = server.NewSchema();
    private readonly Journal _journal = new();

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("KFM_SEQUENCER_KILLS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 4;

    [PostgresFact]
    public async Task Sequencer_killed_in_mid_transaction_loses_nothing_and_forks_nothing()
    {
        AppendingProcess.Open(server.ConnectionString, _schema).Dispose();
        using var connection = new NpgsqlConnection(server.ConnectionString);
        connection.Open();
        SlowDown(connection);
        var running = new Dictionary<long, (Process Process, Task Followed)>();
        var next = 0L;
        var failovers = new List<double>();
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                while (running.Count < Processes)
                {
                    var process = AppendingProcess.Start(server.ConnectionString, _schema, next, writers: 4);
                    running.Add(next, (process, _journal.FollowAsync(process)));
                    next += 1_000_000_000;
                }

                var victim = await SequencerInTransactionAsync(connection);
                var before = _journal.Count;
                var killed = Stopwatch.GetTimestamp();
                if (round % 2 == 0)
                {
                    running[victim].Process.Kill();
                    await running[victim].Followed;
                    running.Remove(victim);
                }
                else
                {
                    // Without its session the transaction is rolled back, and the process stands for election again.
                    EndSession(connection, victim);
                }

                Assert.True(await _journal.GrowsAsync(Math.Max(before, _journal.Count), Limit), "Nobody took over: " + string.Join('\n', _journal.Errors));
                failovers.Add(Stopwatch.GetElapsedTime(killed).TotalMilliseconds);
            }
        }
        finally
        {
            foreach (var (process, followed) in running.Values)
            {
                process.Kill();
                await followed;
                process.Dispose();
            }
        }

        failovers.Sort();
        output.WriteLine($"{Rounds} kills, {_journal.Count} acknowledged; fail-over median {failovers[failovers.Count / 2]:F0} ms, longest {failovers[^1]:F0} ms");
        AssertNothingIsLost();
    }

    // The trigger keeps each transaction of the sequencer open long enough to be hit inside of it.
    private void SlowDown(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            $"""
            CREATE FUNCTION {_schema}.slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END $$;
            CREATE TRIGGER slow AFTER UPDATE OF size ON {_schema}.head FOR EACH ROW EXECUTE FUNCTION {_schema}.slow();
            """,
            connection);
        command.ExecuteNonQuery();
    }

    private async Task<long> SequencerInTransactionAsync(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            $"SELECT application_name FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE '%{_schema}.advance(%'", connection);
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Limit; await Task.Delay(2))
        {
            if (await command.ExecuteScalarAsync() is string name)
            {
                return long.Parse(name["kfm-".Length..], CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("No sequencer was seen at work: " + string.Join('\n', _journal.Errors));
    }

    private void EndSession(NpgsqlConnection connection, long process)
    {
        using var command = new NpgsqlCommand(
            $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'kfm-{process}' AND query LIKE '%{_schema}.advance(%'", connection);
        command.ExecuteScalar();
    }

    private void AssertNothingIsLost()
    {
        using var log = AppendingProcess.Open(server.ConnectionString, _schema);
        var tree = new CompactRange();

        // What a killed process had handed over may still be appended, by this log too: the head comes first, and what it says stays.
        var head = log.Store.Head();
        var leaves = log.Store.Entries(0, (int)head.Size);
        foreach (var leaf in leaves)
        {
            tree.Append(MerkleHash.Leaf(leaf.Bytes.Span));
        }

        var report = StoreVerifier.Verify(log.Store, []);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.Equal(new LogHead(leaves.Count, tree.Root()), head);
        Assert.Equal(tree.Root(), log.RootAt(leaves.Count));
        Assert.All(_journal.Acknowledged, a =>
        {
            Assert.Equal(a.Value.Hash, MerkleHash.Leaf(leaves[(int)a.Value.Index].Bytes.Span).ToString());
            Assert.Equal(AppendingProcess.Leaf(a.Key), leaves[(int)a.Value.Index].Bytes.ToArray());
        });
    }
}
