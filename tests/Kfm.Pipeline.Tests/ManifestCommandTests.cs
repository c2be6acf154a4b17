using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Manifests;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

public sealed class ManifestCommandTests : IDisposable
{
    private readonly KfmHost _host = new();

    public ManifestCommandTests()
    {
        _host.Write("tree/a", "1");
        _host.Write("tree/b/c", "2");
    }

    private string Tree => _host.PathOf("tree");

    [Fact]
    public async Task Manifest_of_a_folder_and_of_its_archive_are_one()
    {
        var folder = await _host.RunAsync("manifest", Tree);
        Assert.Equal(ArtifactManifest.OfDirectory(Tree).ToJson(), Encoding.UTF8.GetBytes(folder.Output));
        foreach (var name in new[] { "a.zip", "a.tar", "a.tar.gz" })
        {
            Assert.Equal(0, (await _host.RunAsync("pack", Tree, _host.PathOf(name))).ExitCode);
            Assert.Equal(folder.Output, (await _host.RunAsync("manifest", _host.PathOf(name))).Output);
        }
    }

    [Fact]
    public async Task Sums_and_tree_id_are_printed()
    {
        using var git = new GitRepository();
        git.Write("a", "1");
        git.Commit("first");

        Assert.Equal($"{Digest.Of("1"u8).Hex}  a\n", (await _host.RunAsync("manifest", git.Path, "--format", "sha256sums", "--ignore", ".git")).Output);
        Assert.Equal(git.Run("rev-parse", "HEAD^{tree}"), (await _host.RunAsync("manifest", git.Path, "--format", "git-tree")).Output);
        Assert.Equal(65, (await _host.RunAsync("manifest", git.Path, "--format", "git-tree-sha256")).Output.Length);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("sha256sums")]
    public async Task Verification_names_what_differs(string format)
    {
        var list = _host.Write("list", (await _host.RunAsync("manifest", Tree, "--format", format)).Output);
        Assert.Equal((0, ""), Ended(await _host.RunAsync("manifest", Tree, "--verify", list)));

        _host.Write("tree/a", "x");
        _host.Write("tree/d", "");
        File.Delete(Path.Combine(Tree, "b", "c"));

        Assert.Equal((2, "changed a: content differs in 1 bytes\nmissing b/c\nextra d\n"), Ended(await _host.RunAsync("manifest", Tree, "--verify", list)));
    }

    [Fact]
    public async Task Comparison_tells_why()
    {
        await _host.RunAsync("pack", Tree, _host.PathOf("a.zip"));
        await _host.RunAsync("pack", Tree, _host.PathOf("b.zip"), "--epoch", "1600000000");

        var result = await _host.RunAsync("manifest", _host.PathOf("a.zip"), "--diff", _host.PathOf("b.zip"));
        Assert.Equal((2, "changed b.zip: entry a: time stamp; entry b/c: time stamp\n"), Ended(result));
        var json = JsonNode.Parse((await _host.RunAsync("manifest", _host.PathOf("a.zip"), "--diff", _host.PathOf("b.zip"), "--json")).Output)!;
        Assert.Equal(("manifest", "different", "b.zip"), ((string?)json["command"], (string?)json["result"], (string?)json["differences"]![0]!["path"]));
        Assert.Equal((0, ""), Ended(await _host.RunAsync("manifest", Tree, "--diff", _host.PathOf("b.zip"))));
    }

    [Fact]
    public async Task Normal_forms_of_two_builds_are_equal()
    {
        await _host.RunAsync("pack", Tree, _host.PathOf("a.nupkg"));
        await _host.RunAsync("pack", Tree, _host.PathOf("b.nupkg"), "--epoch", "1600000000", "--store");
        foreach (var name in new[] { "a", "b" })
        {
            var result = await _host.RunAsync("normalize", _host.PathOf(name + ".nupkg"), _host.PathOf(name + ".normal"), "--json");
            Assert.Equal("normalize", (string?)JsonNode.Parse(result.Output)!["command"]);
        }

        Assert.Equal(File.ReadAllBytes(_host.PathOf("a.normal")), File.ReadAllBytes(_host.PathOf("b.normal")));
    }

    [Fact]
    public void Results_do_not_depend_on_time_zone_and_times_of_files()
    {
        var manifest = Process("UTC", "manifest", Tree);
        Process("UTC", "pack", Tree, _host.PathOf("one.zip"));
        File.SetLastWriteTimeUtc(Path.Combine(Tree, "a"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Process("Pacific/Kiritimati", "pack", Tree, _host.PathOf("other.zip"));

        Assert.Equal(manifest, Process("Pacific/Kiritimati", "manifest", Tree));
        Assert.Equal(manifest, Process("America/St_Johns", "manifest", _host.PathOf("other.zip")));
        Assert.Equal(File.ReadAllBytes(_host.PathOf("one.zip")), File.ReadAllBytes(_host.PathOf("other.zip")));
    }

    [Fact]
    public async Task Bad_input_is_an_error_and_leaves_nothing()
    {
        var torn = _host.Write("torn.zip", "PK\u0003\u0004 and no more");
        Assert.Equal(1, (await _host.RunAsync("manifest", torn)).ExitCode);
        Assert.Equal(1, (await _host.RunAsync("manifest", _host.PathOf("none"))).ExitCode);
        Assert.Equal(1, (await _host.RunAsync("manifest", Tree, "--verify", torn)).ExitCode);
        Assert.Equal(1, (await _host.RunAsync("manifest", Tree, "--verify", torn, "--diff", Tree)).ExitCode);
        Assert.Equal(1, (await _host.RunAsync("normalize", torn, _host.PathOf("out"))).ExitCode);
        Assert.Equal(1, (await _host.RunAsync("normalize", _host.Write("a.txt", ""), _host.PathOf("out"))).ExitCode);
        Assert.Equal(1, (await _host.RunAsync("pack", Tree, _host.PathOf("out.txt"))).ExitCode);
        Assert.Equal(1, (await _host.RunAsync("pack", Tree, _host.PathOf("out.zip"), "--epoch", "-1")).ExitCode);
        Assert.DoesNotContain(Directory.EnumerateFiles(_host.Folder), f => Path.GetFileName(f).StartsWith("out", StringComparison.Ordinal));
    }

    public void Dispose() => _host.Dispose();

    private static string Process(string zone, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "kfm.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["TZ"] = zone },
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static (int Code, string Output) Ended(CommandResult result) => (result.ExitCode, result.Output.ReplaceLineEndings("\n"));
}
