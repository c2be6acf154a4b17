using System.Globalization;
using Kfm.Ledger.Verification;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Commands;

/// <summary>Recomputes a log from its entries and says what does not fit.</summary>
internal static class LedgerFsck
{
    public static int Run(LedgerFsckOptions options, HostEnvironment host, CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Path))
        {
            throw new FileNotFoundException($"there is no ledger at '{options.Path}'.");
        }

        NoteVerifier[] keys = options.Trust is null ? [] : [.. TrustFile.Parse(File.ReadAllBytes(options.Trust)).Logs];
        var anchor = options.Anchor is null ? null : File.ReadAllText(options.Anchor);
        var report = options.Repair
            ? Repair(options.Path, keys, anchor, host, cancellationToken)
            : LogVerifier.Verify(options.Path, keys, new CheckOptions { Level = options.Level, Anchor = anchor }, cancellationToken);
        Print(report, host);
        if (options.Trust is null)
        {
            host.Out.WriteLine("no signature was checked: give the key of the log by --trust.");
        }

        return report.IsSound ? ExitCode.Allow : ExitCode.Deny;
    }

    private static LogReport Repair(string path, NoteVerifier[] keys, string? anchor, HostEnvironment host, CancellationToken cancellationToken)
    {
        var repair = LogRepair.Repair(path, keys, anchor, cancellationToken);
        if (repair.After is null)
        {
            host.Out.WriteLine(repair.IsSound ? "nothing to repair." : "nothing was repaired: entries or checkpoints are damaged, restore a copy.");
            return repair.Before;
        }

        foreach (var finding in repair.Before.Findings)
        {
            host.Out.WriteLine($"repaired {finding.Damage.ToString().ToLowerInvariant()}: {finding.Message}");
        }

        return repair.After;
    }

    private static void Print(LogReport report, HostEnvironment host)
    {
        foreach (var finding in report.Findings)
        {
            host.Out.WriteLine($"{finding.Damage.ToString().ToLowerInvariant()}: {finding.Message}");
        }

        var first = report.FirstBadIndex is { } index ? string.Create(CultureInfo.InvariantCulture, $", first bad index {index}") : "";
        host.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(report.IsSound ? "sound" : "damaged")}: {report.Size} entries, root {report.Root}{first}"));
    }
}
