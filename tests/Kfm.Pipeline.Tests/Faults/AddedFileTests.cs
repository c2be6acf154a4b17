using System.Text;
using Kfm.Ledger.Tests.Faults;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Tests.Tampering;
using Kfm.Pipeline.Verification;

namespace Kfm.Pipeline.Tests.Faults;

/// <summary>Approvals and overrides come into a finished bundle whole or not at all.</summary>
[Collection(SharedDemo.Name)]
public sealed class AddedFileTests(DemoRun demo)
{
    [StraceFact]
    public async Task Approval_that_is_killed_as_it_is_written_leaves_the_bundle_as_it_was()
    {
        using var kfm = new KfmProcess();
        foreach (var call in (string[])["fsync", "rename"])
        {
            var bundle = Unapproved(demo.NewDirectory());
            var before = Entries(bundle);
            var trace = kfm.PathOf(call);
            await kfm.RunAsync(Approve(bundle), "strace", "-f", "-q", "-o", trace, "-e", "trace=" + call, "-e", $"inject={call}:signal=KILL");

            Assert.Contains("SIGKILL", File.ReadAllText(trace), StringComparison.Ordinal);
            Assert.Equal(before, Entries(bundle));
            Assert.Equal("review", (await demo.VerifyAsync(bundle)).Effective);
            await kfm.ExpectAsync(0, Approve(bundle));
            Assert.Equal("allow", (await demo.VerifyAsync(bundle)).Effective);
        }
    }

    [MountFact]
    public async Task Approval_without_room_leaves_the_bundle_as_it_was()
    {
        using var kfm = new KfmProcess();
        using var space = new SmallSpace();
        var bundle = Unapproved(space.PathOf("review"));
        var before = Entries(bundle);
        space.Fill(0);

        Assert.Matches(@"^kfm: No space left on device[^\n]*\n$", (await kfm.ExpectAsync(1, Approve(bundle))).Error);
        Assert.Equal(before, Entries(bundle));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(space.Path).Count());

        space.Free();
        await kfm.ExpectAsync(0, Approve(bundle));
        Assert.Equal("allow", (await demo.VerifyAsync(bundle)).Effective);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(-1)]
    public async Task Truncated_approval_is_refused(int length)
    {
        var bundle = demo.Copy("review");
        var file = Directory.GetFiles(Path.Combine(bundle, BundleFiles.Approvals)).Single();
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(length < 0 ? bytes.Length + length : length)]);

        var result = await demo.VerifyAsync(bundle);
        Refused.Assert(result, "truncated", $"approvals/{Path.GetFileName(file)}", "approval.name");
        Assert.Contains(result.Findings, f => f.EndsWith("an approval is named by its role and its digest, and this is not its name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Truncated_override_is_refused()
    {
        var bundle = demo.Copy("denied");
        byte[] envelope = Encoding.UTF8.GetBytes("""{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AA=="}]}""");
        var name = BundleOverrides.Name("contract", envelope);
        Directory.CreateDirectory(Path.Combine(bundle, BundleFiles.Overrides));
        File.WriteAllBytes(Path.Combine(bundle, name), envelope[..40]);

        var result = await demo.VerifyAsync(bundle);
        Refused.Assert(result, "truncated", name, "override.name");
        Assert.Contains(result.Findings, f => f.EndsWith("an override is named by its gate and its digest, and this is not its name", StringComparison.Ordinal));
    }

    [Fact]
    public void File_that_is_there_is_replaced_and_nothing_else_is_left()
    {
        var root = Directory.CreateDirectory(Path.Combine(demo.NewDirectory(), "bundle")).FullName;
        foreach (var text in (string[])["one", "two"])
        {
            WholeFile.Write(root, Path.Combine(root, "approvals", "a.json"), Encoding.UTF8.GetBytes(text));
            Assert.Equal(text, File.ReadAllText(Path.Combine(root, "approvals", "a.json")));
        }

        WholeFile.Write(root, Path.Combine(root, "approvals", "b.json"), "three"u8);
        Assert.Equal(["approvals/a.json", "approvals/b.json"], DirectoryTree.Files(root));
        Assert.Equal([root], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(root)!));
    }

    private string Unapproved(string target)
    {
        DirectoryTree.Copy(demo.Bundle("review"), target);
        Directory.Delete(Path.Combine(target, BundleFiles.Approvals), recursive: true);
        return target;
    }

    private string[] Approve(string bundle) =>
        ["approve", bundle, "--role", "lead", "--key", demo.Key("lead"), "--trust", demo.Trust, "--ledger", Path.Combine(demo.Path, "none.db")];

    private static List<string> Entries(string bundle) =>
        [.. Directory.EnumerateFileSystemEntries(bundle, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
