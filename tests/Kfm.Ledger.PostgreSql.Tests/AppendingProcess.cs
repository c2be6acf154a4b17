using System.Diagnostics;
using System.Globalization;
using Kfm.Ledger.Storage;
using Kfm.Testing;

namespace Kfm.Ledger.PostgreSql.Tests;

/// <summary>
/// A process in which several writers append small leaves without end to a log in PostgreSQL, and tell each that was acknowledged in a line: number, index, leaf hash.
/// </summary>
internal static class AppendingProcess
{
    private static async Task Main(string[] arguments)
    {
        using var log = Open(arguments[0], arguments[1]);
        var (first, writers) = (long.Parse(arguments[2], CultureInfo.InvariantCulture), int.Parse(arguments[3], CultureInfo.InvariantCulture));
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var number = first + writer; ; number += writers)
            {
                try
                {
                    var receipt = await log.AppendAsync(Leaf(number));
                    lock (gate)
                    {
                        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} {receipt.Index} {receipt.LeafHash}"));
                        Console.Out.Flush();
                    }
                }
                catch (LedgerException e)
                {
                    // Not acknowledged; the journal has nothing to hold against the log.
                    await Console.Error.WriteLineAsync($"{number}: {e.Fault}: {e.Message}");
                }
            }
        })));
    }

    internal static byte[] Leaf(long number) => BitConverter.GetBytes(number);

    internal static TransparencyLog Open(string connectionString, string schema) => TransparencyLog.Open(
        PostgresLogStore.Open(new PostgresLogOptions
        {
            ConnectionString = connectionString,
            Schema = schema,
            Identity = new LogIdentity("log.example/shared", "", LogContent.Bytes, IsIdempotent: true),
        }),
        new LogSettings { TimeProvider = new SteppingTimeProvider() });

    /// <summary>Starts a process; its name for the server is its first number.</summary>
    internal static Process Start(string connectionString, string schema, long first, int writers)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                typeof(AppendingProcess).Assembly.Location,
                string.Create(CultureInfo.InvariantCulture, $"{connectionString};Application Name=kfm-{first}"),
                schema,
                $"{first}",
                $"{writers}",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }
}
