using System.Diagnostics;
using System.Globalization;
using Kfm.Testing;
using Npgsql;

namespace Kfm.Benchmarks.Areas;

/// <summary>Durable acknowledgements of a log in PostgreSQL that several processes append to; 512-byte leaves, a cluster of its own on the loopback.</summary>
public sealed class PostgresArea : Area
{
    private const int Processes = 4;
    private const int Writers = 16;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(6);

    /// <inheritdoc/>
    public override string Name => "ledger-postgresql";

    /// <inheritdoc/>
    public override IEnumerable<Row> Measure()
    {
        if (PostgresServer.MissingReason is { } reason)
        {
            throw new NotMeasuredException(reason);
        }

        using var server = new PostgresServer();
        var naive = Naive(server).GetAwaiter().GetResult();
        foreach (var (processes, writers) in ((int, int)[])[(1, 1), (1, Writers), (Processes, Writers), (Processes, 4 * Writers)])
        {
            var (rate, latency) = Shared(server, processes, writers);
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"{processes} processes x {writers} writers"), rate, "acks/s", naive, "each writer locks the head row, 64 connections");
            yield return new(string.Create(CultureInfo.InvariantCulture, $"{processes} processes x {writers} writers, p50"), latency, "ms");
        }
    }

    private static (double Rate, double Latency) Shared(PostgresServer server, int processes, int writers)
    {
        var schema = server.NewSchema();
        PostgresWriter.Open(server.ConnectionString, schema).Dispose();
        var children = Enumerable.Range(0, processes).Select(i => Start(server.ConnectionString, schema, i, writers)).ToList();
        foreach (var child in children)
        {
            _ = child.StandardOutput.ReadLine() ?? throw new NotMeasuredException("a writing process ended: " + child.StandardError.ReadToEnd());
        }

        foreach (var child in children)
        {
            child.StandardInput.WriteLine();
        }

        var lines = children.ConvertAll(c => c.StandardOutput.ReadLine()!.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray());
        children.ForEach(c => c.WaitForExit());
        children.ForEach(c => c.Dispose());
        return (lines.Sum(l => l[0]), lines.Average(l => l[1]));
    }

    private static Process Start(string connectionString, string schema, int number, int writers) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { typeof(PostgresArea).Assembly.Location, PostgresWriter.Verb, connectionString, schema, $"{number}", $"{writers}", $"{Time.TotalSeconds}" },
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;

    private static async Task<double> Naive(PostgresServer server)
    {
        var schema = server.NewSchema();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString + ";Maximum Pool Size=80;Max Auto Prepare=10");
        await using (var create = source.CreateCommand(
            $"CREATE SCHEMA {schema}; CREATE TABLE {schema}.head (size bigint NOT NULL); INSERT INTO {schema}.head VALUES (0); CREATE TABLE {schema}.entries (idx bigint PRIMARY KEY, leaf bytea)"))
        {
            await create.ExecuteNonQueryAsync();
        }

        var leaf = new byte[512];
        var (count, start) = (0L, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Processes * Writers).Select(async _ =>
        {
            await using var connection = await source.OpenConnectionAsync();
            while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(3))
            {
                await using var batch = new NpgsqlBatch(connection)
                {
                    BatchCommands =
                    {
                        new($"UPDATE {schema}.head SET size = size + 1"),
                        new($"INSERT INTO {schema}.entries SELECT size, $1 FROM {schema}.head") { Parameters = { new() { Value = leaf } } },
                    },
                };
                await batch.ExecuteNonQueryAsync();
                Interlocked.Increment(ref count);
            }
        }));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
