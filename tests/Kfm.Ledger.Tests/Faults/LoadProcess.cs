using System.Globalization;
using System.Text;
using Kfm.Ledger.Storage;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Ledger.Tests.Faults;

/// <summary>
/// A process that appends from several tasks at once until it is killed or the log fails, and tells what was acknowledged, a line each:
/// <c>entry INDEX HASH</c>, <c>checkpoint BASE64</c>, at last <c>failed FAULT</c> or <c>done</c>.
/// </summary>
internal static class LoadProcess
{
    internal const string Verb = "load";
    private const int Writers = 6;

    internal static LogOptions Options(string path, SigningKey key) => new()
    {
        Path = path,
        Origin = LogFixture.Origin,
        Signer = key,
        TimeProvider = new SteppingTimeProvider(),
        Content = LogContent.Bytes,
    };

    /// <summary>The leaf with a number: 5 to 900 bytes.</summary>
    internal static byte[] Leaf(int number) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"leaf {number} ").PadRight(5 + (number * 37 % 896), 'x'));

    /// <summary>Arguments: the verb, the log, the key file, the first number, how many entries.</summary>
    internal static int Run(string[] arguments)
    {
        using var key = EcdsaSigningKey.Load(arguments[2]);
        var first = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        var last = first + int.Parse(arguments[4], CultureInfo.InvariantCulture);
        try
        {
            using (var log = TransparencyLog.Open(Options(arguments[1], key)))
            {
                var next = first - 1;
                Task.WaitAll([.. Enumerable.Range(0, Writers).Select(_ => Task.Run(() => AppendAsync(log, () => Interlocked.Increment(ref next), last)))]);
            }

            Tell("done");
            return 0;
        }
        catch (AggregateException e) when (e.InnerException is LedgerException inner)
        {
            Tell("failed " + inner.Fault);
            return 1;
        }
        catch (LedgerException e)
        {
            Tell("failed " + e.Fault);
            return 1;
        }
    }

    private static async Task AppendAsync(TransparencyLog log, Func<int> next, int last)
    {
        for (var number = next(); number < last; number = next())
        {
            if (number % 11 == 0)
            {
                var batch = Enumerable.Range(0, 40).Select(i => new ReadOnlyMemory<byte>(Leaf(1_000_000 + (number * 100) + i))).ToList();
                foreach (var receipt in await log.AppendBatchAsync(batch))
                {
                    Tell(receipt);
                }
            }

            Tell(await log.AppendAsync(Leaf(number)));
            if (number % 17 == 0)
            {
                Tell("checkpoint " + Convert.ToBase64String(Encoding.UTF8.GetBytes(log.Checkpoint())));
            }
        }
    }

    private static void Tell(AppendReceipt receipt) => Tell(string.Create(CultureInfo.InvariantCulture, $"entry {receipt.Index} {receipt.LeafHash}"));

    private static void Tell(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
