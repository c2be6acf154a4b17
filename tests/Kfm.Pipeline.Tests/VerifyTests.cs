using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Verification;

namespace Kfm.Pipeline.Tests;

[Collection(nameof(DemoRuns))]
public sealed class VerifyTests(DemoFixture demo)
{
    [Theory]
    [InlineData("allowed", "now: allow")]
    [InlineData("review", "now: allow")]
    [InlineData("denied", "now: deny")]
    public async Task Bundle_verifies_with_the_trust_of_the_caller(string name, string now)
    {
        var result = await demo.Host.RunAsync("verify", demo.Bundle(name), "--trust", demo.Trust);
        Assert.True(result.ExitCode == 0, result.Text);
        Assert.StartsWith("verified", result.Output, StringComparison.Ordinal);
        Assert.Contains(now, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_who_knows_no_key_learns_that_the_signer_is_not_established()
    {
        using var stranger = new KfmHost();
        var result = await stranger.RunAsync("verify", demo.Bundle("allowed"));
        Assert.True(result.ExitCode == 3, result.Text);
        Assert.StartsWith("consistent, signer not established", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_in_the_bundle_is_no_reason_to_trust()
    {
        var trust = demo.Host.Write("nobody.json", """{"formatVersion":1,"logs":[],"people":null,"policySet":null,"signers":[]}""");
        Assert.Equal(3, (await demo.Host.RunAsync("verify", demo.Bundle("allowed"), "--trust", trust)).ExitCode);
    }

    [Fact]
    public async Task Other_policies_than_the_trusted_ones_are_refused()
    {
        var text = File.ReadAllText(demo.Trust);
        var at = text.IndexOf("\"policySet\":\"sha256:", StringComparison.Ordinal) + 20;
        var trust = demo.Host.Write("policies.json", text[..at] + (text[at] == '0' ? '1' : '0') + text[(at + 1)..]);
        var result = await demo.Host.RunAsync("verify", demo.Bundle("allowed"), "--trust", trust);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("policy.trust", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleted_file_is_refused_and_named()
    {
        var copy = demo.Copy("allowed", "deleted");
        File.Delete(Path.Combine(copy, BundleFiles.Patch));
        var result = await demo.Host.RunAsync("verify", copy, "--trust", demo.Trust);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("sums.missing patch.diff", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notes.txt", "sums.extra notes.txt")]
    [InlineData("approvals/x.dsse.json", "approval approvals/x.dsse.json")]
    public async Task Added_file_is_refused_and_named(string file, string finding)
    {
        var copy = demo.Copy("allowed", "added-" + file.Replace('/', '-'));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
        File.WriteAllText(Path.Combine(copy, file), "{}\n");
        var result = await demo.Host.RunAsync("verify", copy, "--trust", demo.Trust);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(finding, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Review_without_its_approval_stays_a_review()
    {
        var copy = demo.Copy("review", "unapproved");
        Directory.Delete(Path.Combine(copy, BundleFiles.Approvals), recursive: true);
        using var bundle = RunBundle.Read(copy);
        var report = BundleVerifier.Verify(bundle, demo.Trust, TestEnvironment.Of(demo.Host));
        Assert.Empty(report.Findings);
        Assert.Equal("review", report.Effective);
        Assert.Equal(["lead"], report.Approvals!.Missing);
    }
}
