using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>Deleted and added files, directories and links.</summary>
[Collection(SharedDemo.Name)]
public sealed class FileTests(DemoRun demo)
{
    private const string Approvals = BundleFiles.Approvals + "/";

    [Theory]
    [InlineData("allowed", false)]
    [InlineData("review", false)]
    [InlineData("denied", false)]
    [InlineData("allowed", true)]
    [InlineData("review", true)]
    [InlineData("denied", true)]
    public async Task Deleted_file_is_refused_and_named(string name, bool sums) =>
        await Parallel.ForEachAsync(DirectoryTree.Files(demo.Bundle(name)).Where(f => !f.StartsWith(Approvals, StringComparison.Ordinal)), async (file, _) =>
        {
            var bundle = demo.Copy(name);
            File.Delete(Path.Combine(bundle, file));
            if (sums && file != BundleFiles.Sums)
            {
                Forger.Sum(bundle);
            }

            Refused.Assert(await demo.VerifyAsync(bundle), $"{name} without {file}", sums ? null : file);
        });

    [Fact]
    public async Task Deleted_approval_takes_the_permission_away()
    {
        var bundle = demo.Copy("review");
        Directory.Delete(Path.Combine(bundle, BundleFiles.Approvals), recursive: true);

        var result = await demo.VerifyAsync(bundle);

        Assert.Equal("verified", result.Result);
        Assert.Equal("review", result.Effective);
        Assert.Equal(3, result.ExitCode);
    }

    [Theory]
    [InlineData("extra.txt")]
    [InlineData(".hidden")]
    [InlineData("policies/extra.rego")]
    [InlineData("policies/sub/extra.rego")]
    [InlineData("approvals/extra.json")]
    [InlineData("approvals/sub/lead-000000000000.dsse.json")]
    [InlineData("approvals/.hidden")]
    [InlineData("artifacts/extra.dll")]
    [InlineData("attestations/extra.dsse.json")]
    [InlineData("a/b/c/extra")]
    [InlineData("seal.dsse.json.bak")]
    [InlineData("sha256sums")]
    public async Task Added_file_is_refused_and_named(string file)
    {
        foreach (var name in DemoRun.Names)
        {
            foreach (var sums in new[] { false, true })
            {
                var bundle = demo.Copy(name);
                Write(bundle, file, "{}\n");
                if (sums)
                {
                    Forger.Sum(bundle);
                }

                Refused.Assert(await demo.VerifyAsync(bundle), $"{name} with {file}", file);
            }
        }
    }

    [Theory]
    [InlineData("extra.txt", "file.unknown")]
    [InlineData("policies/extra.rego", "policy.trust")]
    [InlineData("artifacts/extra.dll", "manifest")]
    [InlineData("qa/extra.json", "file.unknown")]
    public async Task Added_file_is_refused_under_real_seal_and_proof(string file, string rule)
    {
        using var signing = LocalSigningKey.Load(demo.Key("signing"));
        using var log = LocalSigningKey.Load(demo.Key("log"));
        var bundle = demo.Copy("allowed");
        var graph = Forger.Graph(bundle);
        Write(bundle, file, "package extra\n");
        Forger.Seal(bundle, signing, graph);
        Forger.Log(bundle, log, graph, demo.NewDirectory());

        Refused.Assert(await demo.VerifyAsync(bundle), file, rule: rule);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("policies/empty")]
    [InlineData("approvals")]
    [InlineData("a/b/c")]
    public async Task Empty_directory_is_refused_and_named(string directory)
    {
        var bundle = demo.Copy("allowed");
        Directory.CreateDirectory(Path.Combine(bundle, directory));

        Refused.Assert(await demo.VerifyAsync(bundle), directory, directory, "bundle.directory");
    }

    [Theory]
    [InlineData("extra", "/etc/passwd")]
    [InlineData("policies/extra.rego", "checks.rego")]
    [InlineData("approvals/link", "../decision.json")]
    [InlineData("loop", ".")]
    [InlineData("dangling", "nowhere")]
    public async Task Added_link_is_refused_and_named(string link, string target)
    {
        var bundle = demo.Copy("review");
        File.CreateSymbolicLink(Path.Combine(bundle, link), target);

        Refused.Assert(await demo.VerifyAsync(bundle), link, link, "bundle.link");
    }

    [Theory]
    [InlineData("evidence.json")]
    [InlineData("seal.dsse.json")]
    [InlineData("ledger.proof")]
    [InlineData("SHA256SUMS")]
    [InlineData("policies/checks.rego")]
    public async Task File_that_became_a_link_is_refused_and_named(string file)
    {
        var bundle = demo.Copy("review");
        var elsewhere = Path.Combine(demo.NewDirectory(), "content");
        File.Move(Path.Combine(bundle, file), elsewhere);
        File.CreateSymbolicLink(Path.Combine(bundle, file), elsewhere);

        Refused.Assert(await demo.VerifyAsync(bundle), file, file, "bundle.link");
    }

    [Theory]
    [InlineData("ledger.proof")]
    [InlineData("approvals/pipe")]
    [InlineData("artifacts/pipe")]
    public async Task Pipe_is_refused_and_never_read(string file)
    {
        var bundle = demo.Copy("review");
        var path = Path.Combine(bundle, file);
        File.Delete(path);
        using (var process = System.Diagnostics.Process.Start("mkfifo", [path]))
        {
            await process.WaitForExitAsync();
        }

        Refused.Assert(await demo.VerifyAsync(bundle), file, file, "bundle.special");
    }

    [Fact]
    public async Task Huge_document_is_refused_and_never_read()
    {
        var bundle = demo.Copy("allowed");
        using (var file = new FileStream(Path.Combine(bundle, "approvals.json"), FileMode.Create))
        {
            file.SetLength(1L << 40);
        }

        Refused.Assert(await demo.VerifyAsync(bundle), "a sparse file of 1 TiB", "approvals.json", "bundle.size");
    }

    [Fact]
    public async Task Name_with_an_escape_does_not_reach_the_terminal()
    {
        var bundle = demo.Copy("allowed");
        Write(bundle, "\e[2Jverified", "");

        var result = await demo.RunAsync("verify", bundle, "--trust", demo.Trust);

        Assert.Equal(2, result.ExitCode);
        Assert.DoesNotContain('\e', result.Output);
    }

    [Fact]
    public async Task Bundle_behind_a_link_is_verified()
    {
        var link = Path.Combine(demo.NewDirectory(), "link");
        Directory.CreateSymbolicLink(link, demo.Bundle("allowed"));

        Assert.Equal("verified", (await demo.VerifyAsync(link)).Result);
    }

    private static void Write(string bundle, string file, string text)
    {
        var path = Path.Combine(bundle, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
