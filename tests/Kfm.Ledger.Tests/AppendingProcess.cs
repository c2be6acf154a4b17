using System.Diagnostics;
using System.Globalization;
using Kfm.Ledger.Tests.Faults;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Ledger.Tests;

/// <summary>A process that appends entries one by one, and tells each that was acknowledged in a line: number, index, leaf hash.</summary>
internal static class AppendingProcess
{
    private static int Main(string[] arguments)
    {
        if (arguments[0] == LoadProcess.Verb)
        {
            return LoadProcess.Run(arguments);
        }

        using var key = EcdsaSigningKey.Load(arguments[1]);
        using var log = TransparencyLog.Open(new LogOptions
        {
            Path = arguments[0],
            Origin = LogFixture.Origin,
            Signer = key,
            TimeProvider = new SteppingTimeProvider(),
        });
        var first = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        var count = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        for (var number = first; number < first + count; number++)
        {
            var receipt = log.Append([LogFixture.Entry(number)])[0];
            if (number % 3 == 0)
            {
                log.Checkpoint();
            }

            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} {receipt.Index} {receipt.LeafHash}"));
            Console.Out.Flush();
        }

        return 0;
    }

    internal static Process Start(string log, string key, int first, int count)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(AppendingProcess).Assembly.Location, log, key, $"{first}", $"{count}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }
}
