using System.Diagnostics;
using System.Globalization;
using Kfm.Ledger;
using Kfm.Ledger.PostgreSql;
using Kfm.Ledger.Storage;

namespace Kfm.Benchmarks.Areas;

/// <summary>One of several processes that append to a log in PostgreSQL: says that it is ready, waits for a line, and prints acknowledgements a second and their median in milliseconds.</summary>
internal static class PostgresWriter
{
    internal const string Verb = "postgres-writer";

    internal static TransparencyLog Open(string connectionString, string schema) => TransparencyLog.Open(
        PostgresLogStore.Open(new PostgresLogOptions
        {
            ConnectionString = connectionString,
            Schema = schema,
            Identity = new LogIdentity("log.example/shared", "", LogContent.Bytes, IsIdempotent: true),
        }),
        new LogSettings { TimeProvider = TimeProvider.System });

    internal static int Run(string[] arguments)
    {
        using var log = Open(arguments[1], arguments[2]);
        var process = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        var writers = int.Parse(arguments[4], CultureInfo.InvariantCulture);
        var time = TimeSpan.FromSeconds(double.Parse(arguments[5], CultureInfo.InvariantCulture));
        Write(log, process, writers, TimeSpan.FromSeconds(1), 0);
        Console.Out.WriteLine("ready");
        _ = Console.In.ReadLine();
        var times = Write(log, process, writers, time, 1);
        times.Sort();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Count / time.TotalSeconds} {times[times.Count / 2]}"));
        return 0;
    }

    private static List<double> Write(TransparencyLog log, int process, int writers, TimeSpan time, int round)
    {
        var start = Stopwatch.GetTimestamp();
        var times = Enumerable.Range(0, writers).Select(_ => new List<double>()).ToArray();
        Task.WaitAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var number = 0L; Stopwatch.GetElapsedTime(start) < time; number++)
            {
                var leaf = new byte[512];
                System.Security.Cryptography.RandomNumberGenerator.Fill(leaf);
                BitConverter.TryWriteBytes(leaf, number);
                BitConverter.TryWriteBytes(leaf.AsSpan(8), (round * 1_000_000L) + (process * 1000L) + writer);
                var sent = Stopwatch.GetTimestamp();
                await log.AppendAsync((ReadOnlyMemory<byte>)leaf);
                times[writer].Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        })).ToArray());
        return [.. times.SelectMany(t => t)];
    }
}
