using System.Globalization;
using System.Text;
using Kfm.Agent.Tests.PullRequests;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Tests.Report;

/// <summary>A page with many files, long names, long lines, findings and artifacts, written in part by somebody hostile.</summary>
internal static class CrowdedReport
{
    public static string Page()
    {
        Artifact[] artifacts = [.. Enumerable.Range(0, 40).Select(i => Output($"artifacts/{new string('d', 60)}/{i:000}-{new string('n', 80)}.dll"))];
        using var run = new ReportRun(Verdict.Deny, ["build_ok", "deny: security: secrets.patch failed: key at src/0.cs:3:1", "deny: ops: " + new string('x', 300)], new string('T', 200) + " \u202e<b>")
        {
            Record = new RecordedProposal(Verdict.Deny, ["build_ok", "deny: security: secrets.patch failed: key at src/0.cs:3:1", "deny: ops: " + new string('x', 300)])
            {
                Checks = [RecordedProposal.Check(Stage.Qa, "secrets.patch", CheckStatus.Failed, "key at src/0.cs:3:1; key at src/0.cs:99:1"), RecordedProposal.Check(Stage.Qa, new string('c', 120), CheckStatus.Skipped)],
                Facts =
                [
                    .. artifacts, .. artifacts.Select(a => new Generated(new RunKey(Stage.Build), a.Digest)),
                    RecordedProposal.Label(Stage.Patch, "patch.protected", "src/1.cs"), RecordedProposal.Label(Stage.Patch, "risk.tier", "high"),
                    new Actor(ActorKind.Software, "software:" + new string('s', 90), "1"),
                    new AssociatedWith(new RunKey(Stage.Build), "software:" + new string('s', 90), "builder"),
                ],
            },
            Patch = Patch(),
            Design = new string('p', 400),
        };
        return run.Page();
    }

    private static string Patch()
    {
        var patch = new StringBuilder();
        for (var i = 0; i < 4; i++)
        {
            patch.Append(CultureInfo.InvariantCulture, $"diff --git a/src/{i}.cs b/src/{i}.cs\n--- a/src/{i}.cs\n+++ b/src/{i}.cs\n@@ -1,3 +1,4 @@\n one\n-two {new string('-', 400)}\n+zwei\n+drei\u2066\n vier\n");
        }

        return patch.Append("diff --git a/a.png b/b.png\nold mode 100644\nnew mode 100755\nsimilarity index 90%\nrename from a.png\nrename to b.png\nBinary files a/a.png and b/b.png differ\n").ToString();
    }

    private static Artifact Output(string name) => new(Digest.Of(Encoding.UTF8.GetBytes(name)), name, "application/octet-stream", 10, ArtifactRole.Output);
}
