using System.CommandLine;
using System.Globalization;
using Kfm.Ledger;
using Kfm.Ledger.Export;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm ledger export|import</c>: the log as the static files of C2SP tlog-tiles.</summary>
internal static class LedgerExportCommands
{
    public static IEnumerable<Command> Create(HostEnvironment host) => [Export(host), Import(host)];

    private static Command Export(HostEnvironment host)
    {
        var file = LedgerCommand.File();
        var target = new Option<string>("--out") { Description = "An empty folder, or a file that ends with .zip.", Required = true };
        var size = new Option<long?>("--size") { Description = "Write the log of this size. Default: the present one." };
        var logKey = new Option<string?>("--log-key") { Description = "The key of the ledger. Default: the user's own." };
        var command = new Command("export", "Write the ledger as static files that every client of C2SP tlog-tiles reads.") { file, target, size, logKey };
        VerbAction.Set(command, host, (result, token) =>
        {
            var path = LedgerCommand.Existing(result.GetValue(file)!);
            using var key = StateKeys.Log(result.GetValue(logKey), host.StateFolder);
            using var log = Open(path, key, host);
            var (to, wanted) = (result.GetValue(target)!, result.GetValue(size));
            if (wanted < 0 || wanted > log.Size)
            {
                throw new LedgerRangeException(wanted.Value, log.Size);
            }

            if (!IsZip(to) && Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any())
            {
                throw new LedgerRangeException($"'{to}' is not empty.");
            }

            host.Out.Write(IsZip(to) ? LogExport.ToZip(log, to, wanted, token) : LogExport.ToDirectory(log, to, wanted, token));
            return Task.FromResult(ExitCode.Allow);
        });
        return command;
    }

    private static Command Import(HostEnvironment host)
    {
        var file = LedgerCommand.File();
        var source = new Option<string>("--from") { Description = "The folder or zip of an export.", Required = true };
        var trust = new Option<string>("--trust") { Description = "The trust file with the key of the log.", Required = true };
        var logKey = new Option<string?>("--log-key") { Description = "The key of the ledger. Default: the user's own." };
        var command = new Command("import", "Make a ledger from an export, after everything in it was checked.") { source, file, trust, logKey };
        VerbAction.Set(command, host, (result, token) =>
        {
            var path = result.GetValue(file)!;
            if (System.IO.File.Exists(path))
            {
                throw new LedgerRangeException($"'{path}' is there already.");
            }

            var verifiers = TrustFile.Load(result.GetValue(trust)!).Logs;
            if (verifiers.Count == 0)
            {
                throw new LedgerRangeException("the trust file has no key of a log.");
            }

            using var key = StateKeys.Log(result.GetValue(logKey), host.StateFolder);
            LogImport.Verify(result.GetValue(source)!, verifiers[0].Name, verifiers, token);
            using var log = TransparencyLog.Open(new LogOptions { Path = path, Origin = verifiers[0].Name, Signer = key, TimeProvider = host.Time });
            var checkpoint = LogImport.Into(log, result.GetValue(source)!, verifiers, host.Time.GetUtcNow(), token);
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Size} entries of {checkpoint.Origin}, root {checkpoint.Root}"));
            return Task.FromResult(ExitCode.Allow);
        });
        return command;
    }

    // Without the log's own key, sizes with a kept checkpoint can be written all the same.
    private static TransparencyLog Open(string path, Kfm.Provenance.Signing.SigningKey key, HostEnvironment host)
    {
        try
        {
            return TransparencyLog.Open(new LogOptions { Path = path, Signer = key, TimeProvider = host.Time });
        }
        catch (LedgerException e) when (e.Fault == LedgerFault.OtherLog)
        {
            return LedgerAccess.Existing(path, host);
        }
    }

    private static bool IsZip(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
