using System.Globalization;
using Kfm.Ledger.Verification;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Commands;

/// <summary>Recomputes a log from its entries and says what does not fit.</summary>
internal static class LedgerFsck
{
    public static int Run(string path, string? trustFile, HostEnvironment host, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"there is no ledger at '{path}'.");
        }

        NoteVerifier[] keys = trustFile is null ? [] : [.. TrustFile.Parse(File.ReadAllBytes(trustFile)).Logs];
        var report = LogVerifier.Verify(path, keys, cancellationToken: cancellationToken);
        foreach (var finding in report.Findings)
        {
            host.Out.WriteLine($"{finding.Damage.ToString().ToLowerInvariant()}: {finding.Message}");
        }

        host.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(report.IsSound ? "sound" : "damaged")}: {report.Size} entries, root {report.Root}"));
        if (trustFile is null)
        {
            host.Out.WriteLine("no signature was checked: give the key of the log by --trust.");
        }

        return report.IsSound ? ExitCode.Allow : ExitCode.Deny;
    }
}
