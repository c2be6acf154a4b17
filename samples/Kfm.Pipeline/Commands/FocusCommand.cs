using System.CommandLine;
using System.Text;
using Kfm.Agent.Autonomy;
using Kfm.Agent.PullRequests;
using Kfm.Agent.PullRequests.Focus;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm focus</c>: a summary of a run that states only facts of its record; and the check of one that somebody else wrote.</summary>
internal static class FocusCommand
{
    private const long MaxSummary = 16L << 20;

    public static Command Create(HostEnvironment host)
    {
        var directory = new Argument<string>("bundle") { Description = "The bundle directory." };
        var json = new Option<bool>("--json") { Description = "Print the summary as pr/focus.json has it." };
        var trust = new Option<string?>("--trust") { Description = "Verify the bundle with this trust file first, and count its approvals." };
        var check = new Option<string?>("--check") { Description = "Check a summary, for example one that a model has shortened, instead of printing one." };
        var command = new Command("focus", "Summarise a run by facts of its record only.") { directory, json, trust, check };
        VerbAction.Set(command, host, (result, _) =>
        {
            using var bundle = RunBundle.Read(result.GetValue(directory)!);
            IReadOnlyList<FocusApproval>? approvals = null;
            if (result.GetValue(trust) is { } file)
            {
                var report = BundleVerifier.Verify(bundle, file, host);
                if (!report.IsVerified)
                {
                    report.Print(new RunConsole(host.Error, host.Interactive));
                    return Task.FromResult(report.ExitCode);
                }

                approvals = Counted(bundle, report);
            }

            var record = RunView.Of(bundle).Focus(approvals);
            return Task.FromResult(result.GetValue(check) is { } summary ? Check(host, summary, record) : Print(host, result.GetValue(json), record));
        });
        return command;
    }

    private static int Print(HostEnvironment host, bool json, FocusRecord record)
    {
        var summary = FocusSummary.Of(record);
        host.Out.Write(json ? Encoding.UTF8.GetString(summary.ToJson()) : summary.ToMarkdown());
        return ExitCode.Allow;
    }

    private static int Check(HostEnvironment host, string file, FocusRecord record)
    {
        if (new FileInfo(file) is { Exists: true, Length: > MaxSummary })
        {
            throw new FocusFormatException("a summary has at most 16 MiB", "");
        }

        var findings = FocusSummary.Verify(FocusSummary.Parse(File.ReadAllBytes(file)), record);
        foreach (var finding in findings)
        {
            host.Out.WriteLine(VisibleText.Line(finding.ToString()));
        }

        if (findings.Count == 0)
        {
            host.Out.WriteLine("the summary states nothing but the record");
        }

        return findings.Count == 0 ? ExitCode.Allow : ExitCode.Deny;
    }

    // The bundle is verified, so every file in approvals/ holds an approval that is not refused; those that count are cited.
    private static List<FocusApproval> Counted(RunBundle bundle, VerificationReport report) =>
    [
        .. (report.Approvals?.Granted ?? []).SelectMany(granted => BundleApprovals.Files(bundle)
            .Where(f => ApprovalStatement.Parse(DsseEnvelope.Parse(f.Envelope).Payload.Span).Equals(granted))
            .Take(1)
            .Select(f => new FocusApproval(f.Name, Digest.Of(f.Envelope.Span), granted.Role, granted.Person))),
    ];
}
