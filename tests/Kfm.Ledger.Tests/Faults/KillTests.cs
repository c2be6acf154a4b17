using System.Diagnostics;
using System.Globalization;
using Kfm.Provenance.Signing;
using Kfm.Testing;
using Xunit.Abstractions;

namespace Kfm.Ledger.Tests.Faults;

/// <summary>
/// Kills the appending process without warning at random, and checks the journal of what it acknowledged. <c>KFM_LEDGER_KILL_ROUNDS</c> sets the
/// number of rounds, <c>KFM_LEDGER_KILL_SEED</c> the seed.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Lanes = 4;
    private const int RoundsOfOneLog = 25;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_process_is_killed_at_random()
    {
        var rounds = Number("KFM_LEDGER_KILL_ROUNDS", 50);
        var seed = Number("KFM_LEDGER_KILL_SEED", 1);
        var counts = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane =>
            RunAsync(new Random(seed + lane), (rounds + Lanes - 1 - lane) / Lanes)));
        output.WriteLine($"seed {seed}: {rounds} rounds, {counts.Sum()} entries acknowledged, 0 lost, 0 forks");
    }

    private static async Task<int> RunAsync(Random random, int rounds)
    {
        var total = 0;
        for (var done = 0; done < rounds;)
        {
            using var directory = new TemporaryDirectory();
            using var key = EcdsaSigningKey.Create();
            key.Save(directory.Combine("key.pem"));
            var journal = new Journal();
            for (var round = 0; round < RoundsOfOneLog && done < rounds; round++, done++)
            {
                using var process = Start(directory, round * 10_000);
                await KillAsync(process, journal, random.Next(1, random.Next(2, 900)));
                journal.Verify(directory.Combine("log.db"), key, allEntries: round % 5 == 4 || done + 1 == rounds);
            }

            total += journal.Count;
        }

        return total;
    }

    private static async Task KillAsync(Process process, Journal journal, int lines)
    {
        for (; lines > 0 && await process.StandardOutput.ReadLineAsync() is { } line; lines--)
        {
            journal.Add(line);
        }

        process.Kill();
        await journal.AddRestAsync(process);
    }

    private static Process Start(TemporaryDirectory directory, int first) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { typeof(LoadProcess).Assembly.Location, LoadProcess.Verb, directory.Combine("log.db"), directory.Combine("key.pem"), $"{first}", "9999" },
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;

    private static int Number(string variable, int value) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : value;
}
