using System.Diagnostics;
using System.Globalization;
using Kfm.Provenance.Signing;
using Kfm.Testing;
using Xunit.Abstractions;

namespace Kfm.Ledger.Tests.Faults;

/// <summary>
/// Makes each kind of system call that writes fail once, at its n-th call: an error of the device, or no space. <c>KFM_LEDGER_FAULT_CALLS</c> sets how
/// many of each kind are made to fail, one a run.
/// </summary>
public sealed class DeviceFaultTests(ITestOutputHelper output)
{
    private static readonly string[] Calls = ["pwrite64", "fdatasync", "fsync", "ftruncate", "write", "rename", "unlink"];
    private static readonly string[] Files = ["log.db", "log.db-wal", "log.db-shm", "log.db.checkpoint", "log.db.checkpoint.new", "log.db.lock"];

    [StraceFact]
    public async Task Failing_system_call_loses_nothing_that_was_acknowledged()
    {
        var depth = int.TryParse(Environment.GetEnvironmentVariable("KFM_LEDGER_FAULT_CALLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        var faults = depth == 0
            ? [("pwrite64", "EIO", 9), ("pwrite64", "ENOSPC", 40), ("fdatasync", "EIO", 3), ("write", "ENOSPC", 1), ("rename", "EIO", 2)]
            : Calls.SelectMany(call => ((string[])["EIO", "ENOSPC"]).SelectMany(error => Enumerable.Range(1, depth).Select(when => (call, error, when)))).ToList();
        var failed = 0;
        await Parallel.ForEachAsync(faults, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (fault, _) =>
        {
            if (await RunAsync(fault.Item1, fault.Item2, fault.Item3))
            {
                Interlocked.Increment(ref failed);
            }
        });
        output.WriteLine($"{faults.Count} faults, {failed} of them reported to the caller, 0 lost, 0 forks");
        Assert.NotEqual(0, failed);
    }

    [MountFact]
    public async Task Full_file_system_refuses_and_goes_on_when_there_is_room_again()
    {
        using var directory = new TemporaryDirectory();
        var mount = directory.Combine("small");
        Directory.CreateDirectory(mount);
        await ToolAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount);
        try
        {
            using var key = EcdsaSigningKey.Create();
            var path = Path.Combine(mount, "log.db");
            var journal = new Journal();
            using (var log = TransparencyLog.Open(LoadProcess.Options(path, key)))
            {
                var error = await FillAsync(log, journal);
                Assert.Contains(error.Fault, (LedgerFault[])[LedgerFault.NoSpace, LedgerFault.Storage]);
            }

            await ToolAsync("mount", "-o", "remount,size=64m", mount);
            journal.Verify(path, key, allEntries: true);
            using (var log = TransparencyLog.Open(LoadProcess.Options(path, key)))
            {
                Assert.True((await log.AppendAsync(LoadProcess.Leaf(9_000_000))).IsNew);
            }

            journal.Verify(path, key, allEntries: true);
        }
        finally
        {
            await ToolAsync("umount", mount);
        }
    }

    private static async Task<LedgerException> FillAsync(TransparencyLog log, Journal journal)
    {
        for (var number = 0; ; number++)
        {
            try
            {
                var receipt = await log.AppendAsync(LoadProcess.Leaf(number));
                journal.Add(string.Create(CultureInfo.InvariantCulture, $"entry {receipt.Index} {receipt.LeafHash}"));
                if (number % 50 == 0)
                {
                    log.Checkpoint();
                }
            }
            catch (LedgerException e)
            {
                return e;
            }
        }
    }

    private static async Task<bool> RunAsync(string call, string error, int when)
    {
        using var directory = new TemporaryDirectory();
        using var key = EcdsaSigningKey.Create();
        key.Save(directory.Combine("key.pem"));
        var path = directory.Combine("log.db");
        TransparencyLog.Open(LoadProcess.Options(path, key)).Dispose();
        var journal = new Journal();
        var start = new ProcessStartInfo("strace") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-f", "-q", "-o", directory.Combine("trace"), "-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={when}"])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var file in Files)
        {
            start.ArgumentList.Add("-P");
            start.ArgumentList.Add(directory.Combine(file));
        }

        foreach (var argument in (string[])["dotnet", typeof(LoadProcess).Assembly.Location, LoadProcess.Verb, path, directory.Combine("key.pem"), "0", "250"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await journal.AddRestAsync(process);
        Assert.True(journal.End == "done" || journal.End.StartsWith("failed ", StringComparison.Ordinal), $"{call} {error} {when}: {journal.End} {await errors}");
        journal.Verify(path, key, allEntries: true);
        return journal.End != "done";
    }

    private static async Task ToolAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error);
    }
}
