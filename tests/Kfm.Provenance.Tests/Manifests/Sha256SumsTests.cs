using System.Diagnostics;
using System.Text;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Manifests;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Manifests;

public sealed class Sha256SumsTests
{
    private static readonly string Zeros = new('0', 64);

    [Fact]
    public void List_is_read_back_and_by_sha256sum()
    {
        using var tree = Tree();
        var sums = Sha256Sums.OfDirectory(tree.Path);
        tree.Write("SHA256SUMS", sums.ToBytes());

        Assert.Equal(["a b.txt", "c/ä"], sums.Entries.Select(e => e.Path));
        Assert.Equal(sums.Entries, Sha256Sums.Parse(sums.ToBytes()).Entries);
        Assert.Equal(0, Run(tree.Path, ["--check", "--strict", "SHA256SUMS"]).Code);
    }

    [Fact]
    public void Escaped_names_are_read_back_and_by_sha256sum()
    {
        using var tree = new TemporaryDirectory();
        string[] names = ["back\\slash", "line\nfeed", "carriage\rreturn", "all\\n\n\r", "tab\t", "C:x", " space", "*star", "-dash", "\\n"];
        foreach (var name in names)
        {
            tree.Write(name, name);
        }

        Assert.Throws<RelativePathException>(() => Sha256Sums.OfDirectory(tree.Path));
        var sums = Sha256Sums.OfDirectory(tree.Path, rules: PathRules.Unix);

        Assert.Equal(sums.Entries, Sha256Sums.Parse(sums.ToBytes(), PathRules.Unix).Entries);
        Assert.Empty(sums.Verify(tree.Path));
        Assert.Equal(Listed(tree, names), Encoding.UTF8.GetString(sums.ToBytes()));
        tree.Write("SHA256SUMS", sums.ToBytes());
        Assert.Equal(0, Run(tree.Path, ["--check", "--strict", "SHA256SUMS"]).Code);
    }

    [Theory]
    [InlineData("\\Z  a\n")]
    [InlineData("Z  a\\b\n")]
    [InlineData("\\Z  a\\tb\n")]
    [InlineData("\\Z  a\\\n")]
    [InlineData("\\Z  a\\\\/../b\n")]
    public void Escapes_of_other_kinds_are_refused(string text) => Assert.Throws<Sha256SumsFormatException>(
        () => Sha256Sums.Parse(Encoding.UTF8.GetBytes(text.Replace("Z", Zeros, StringComparison.Ordinal)), PathRules.Unix));

    [Fact]
    public void List_of_a_manifest_has_its_files()
    {
        using var tree = Tree();
        var sums = Sha256Sums.OfDirectory(tree.Path);
        File.CreateSymbolicLink(tree.Combine("link"), "c");

        Assert.Equal(sums.Entries, Sha256Sums.OfManifest(ArtifactManifest.OfDirectory(tree.Path)).Entries);
    }

    [Fact]
    public void Verification_names_missing_extra_and_changed_files()
    {
        using var tree = Tree();
        var sums = Sha256Sums.OfDirectory(tree.Path);
        Assert.Empty(sums.Verify(tree.Path));

        File.Delete(tree.Combine("a b.txt"));
        tree.Write("c/ä", "other");
        tree.Write("d", "");
        tree.Write("approvals/x", "");

        Assert.Equal(
            [
                "missing a b.txt",
                $"changed c/ä: {Digest.Of("2"u8)} expected, {Digest.Of("other"u8)} found",
                "extra d",
            ],
            sums.Verify(tree.Path, path => !path.StartsWith("approvals/", StringComparison.Ordinal)).Select(d => d.ToString()));
    }

    [Fact]
    public void Link_in_the_place_of_a_file_is_a_change()
    {
        using var tree = Tree();
        var sums = Sha256Sums.OfDirectory(tree.Path);
        File.Move(tree.Combine("c/ä"), tree.Combine("c/real"));
        File.CreateSymbolicLink(tree.Combine("c/ä"), "real");

        Assert.Equal(["extra c/real", "changed c/ä: is a link"], sums.Verify(tree.Path).Select(d => d.ToString()));
    }

    [Fact]
    public void Empty_list_is_a_list() => Assert.Empty(Sha256Sums.Parse([]).Entries);

    [Theory]
    [InlineData("0  a\n", 1)]
    [InlineData("Z  a", 1)]
    [InlineData("Z  a\r\n", 1)]
    [InlineData("Z a\n", 1)]
    [InlineData("Z *a\n", 1)]
    [InlineData("Z  \n", 1)]
    [InlineData("Z  ../a\n", 1)]
    [InlineData("Z  /a\n", 1)]
    [InlineData("\\Z  a\n", 1)]
    [InlineData("Z  a\n\n", 2)]
    [InlineData("Z  b\nZ  a\n", 2)]
    [InlineData("Z  a\nZ  a\n", 2)]
    [InlineData("# x\n", 1)]
    public void Other_text_is_refused_with_its_line(string text, int line)
    {
        var utf8 = Encoding.UTF8.GetBytes(text.Replace("Z", Zeros, StringComparison.Ordinal));

        Assert.Equal(line, Assert.Throws<Sha256SumsFormatException>(() => Sha256Sums.Parse(utf8)).Line);
    }

    [Fact]
    public void Upper_case_digits_and_ill_formed_names_are_refused()
    {
        Assert.Throws<Sha256SumsFormatException>(() => Sha256Sums.Parse(Encoding.UTF8.GetBytes(new string('A', 64) + "  a\n")));
        Assert.Throws<Sha256SumsFormatException>(() => Sha256Sums.Parse([.. Encoding.UTF8.GetBytes(Zeros + "  "), 0xFF, (byte)'\n']));
    }

    private static string Listed(TemporaryDirectory tree, string[] names) => Run(tree.Path, ["--", .. names.Order(StringComparer.Ordinal)]).Output;

    private static (int Code, string Output) Run(string folder, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("sha256sum", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static TemporaryDirectory Tree()
    {
        var tree = new TemporaryDirectory();
        tree.Write("c/ä", "2");
        tree.Write("a b.txt", "1");
        return tree;
    }
}
