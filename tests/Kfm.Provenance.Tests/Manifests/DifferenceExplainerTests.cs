using System.IO.Compression;
using Kfm.Provenance.Manifests;
using Kfm.Provenance.Packaging;
using Kfm.Provenance.Tests.Packaging;
using Kfm.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Kfm.Provenance.Tests.Manifests;

public sealed class DifferenceExplainerTests : IDisposable
{
    private static readonly DateTimeOffset Later = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryDirectory _folder = new();

    [Fact]
    public void Equal_files_have_no_cause() => Assert.Empty(Explain("a.dll", Assembly("/a/x.cs"), Assembly("/a/x.cs")));

    [Fact]
    public void Text_has_no_further_cause() => Assert.Empty(Explain("a.txt", "one"u8.ToArray(), "two"u8.ToArray()));

    [Fact]
    public void Zip_tells_order_times_modes_and_compression()
    {
        ArchiveItem[] items = [Archives.File("a", new string('x', 1000)), Archives.File("b", "2")];
        var plain = Archives.Write(ArchiveKind.Zip, items);

        Assert.Equal(["entry a: time stamp", "entry b: time stamp"], Explain("z.zip", plain, Archives.Write(ArchiveKind.Zip, new PackOptions { SourceDateEpoch = Later }, items)));
        Assert.Equal(
            ["entry a: compression method", "entry b: compression method"],
            [.. Explain("z.zip", plain, Archives.Write(ArchiveKind.Zip, new PackOptions { Compression = CompressionLevel.NoCompression }, items))]);
        Assert.Equal(["entry b: mode"], Explain("z.zip", plain, Archives.Write(ArchiveKind.Zip, items[0], Archives.File("b", "2", isExecutable: true))));
        Assert.Equal(["entry b: content"], Explain("z.zip", plain, Archives.Write(ArchiveKind.Zip, items[0], Archives.File("b", "3"))));
        Assert.Equal(["entry b is missing", "entry c is extra"], Explain("z.zip", plain, Archives.Write(ArchiveKind.Zip, items[0], Archives.File("c", "2"))));
        Assert.StartsWith("entry b: File expected, Link found", Assert.Single(Explain("z.zip", plain, Archives.Write(ArchiveKind.Zip, items[0], ArchiveItem.OfLink("b", "a")))), StringComparison.Ordinal);
    }

    [Fact]
    public void Zip_tells_the_order_and_the_level()
    {
        string text = string.Concat(Enumerable.Range(0, 2000).Select(i => $"line {i % 97} of {i % 13}\n"));

        Assert.Equal(
            ["the order of the entries differs"],
            Explain("z.zip", Stable(("a", "1"), ("b", "2")), Stable(("b", "2"), ("a", "1"))));
        Assert.Equal(
            ["entry a: compression level"],
            Explain("z.zip", Archives.Write(ArchiveKind.Zip, Archives.File("a", text)), Archives.Write(ArchiveKind.Zip, new PackOptions { Compression = CompressionLevel.Fastest }, Archives.File("a", text))));
    }

    [Fact]
    public void Tar_tells_owners_and_contents()
    {
        var tree = Path.GetDirectoryName(_folder.Write("tree/a", "1"))!;
        Tar(tree, "one.tar", "--owner=me:1", "--group=us:2", "--mtime=@1", "a");
        Tar(tree, "other.tar", "--owner=you:3", "--group=us:2", "--mtime=@2", "a");

        Assert.Equal(["entry a: time stamp, owner '1:2 me:us' expected, '3:2 you:us' found"], DifferenceExplainer.Explain(_folder.Combine("one.tar"), _folder.Combine("other.tar")));
        Assert.Equal(["entry a: time stamp, owner"], DifferenceExplainer.Explain(_folder.Combine("one.tar"), _folder.Combine("other.tar"), quotesMachine: false));
        Assert.Equal(["entry a: content"], Explain("t.tar", Archives.Write(ArchiveKind.Tar, Archives.File("a", "1")), Archives.Write(ArchiveKind.Tar, Archives.File("a", "2"))));
    }

    [Fact]
    public void Assembly_tells_module_id_and_source_path()
    {
        var causes = Explain("a.dll", Assembly("/one/x.cs"), Assembly("/other/x.cs"));

        Assert.Contains("MVID", causes);
        Assert.Contains("pdb id", causes);
        Assert.Contains("deterministic time stamp", causes);
        Assert.Contains("source path '/one/x.cs' expected, '/other/x.cs' found", causes);
    }

    [Fact]
    public void Assembly_tells_that_its_build_is_not_deterministic()
    {
        var causes = Explain("a.dll", Assembly("/x.cs", deterministic: false), Assembly("/x.cs", "class B;", deterministic: false));

        Assert.Contains("types", causes);
        Assert.Contains("content of a source file '/x.cs'", causes);
        Assert.DoesNotContain("deterministic time stamp", causes);
    }

    [Fact]
    public void Package_tells_what_differs_in_its_assembly()
    {
        var causes = Explain("a.nupkg", Archives.Write(ArchiveKind.Zip, ArchiveItem.OfBytes("lib/a.dll", Assembly("/one/x.cs"))), Archives.Write(ArchiveKind.Zip, ArchiveItem.OfBytes("lib/a.dll", Assembly("/other/x.cs"))));

        Assert.StartsWith("entry lib/a.dll: content (MVID; ", Assert.Single(causes), StringComparison.Ordinal);
    }

    [Fact]
    public void Pdb_tells_its_id_and_its_paths()
    {
        var causes = Explain("a.pdb", Pdb("/one/x.cs"), Pdb("/other/x.cs"));

        Assert.Equal(["pdb id", "source path '/one/x.cs' expected, '/other/x.cs' found"], causes);
    }

    [Theory]
    [InlineData("MZ")]
    [InlineData("BSJB")]
    public void What_only_begins_like_an_assembly_has_no_cause(string start) =>
        Assert.Empty(Explain("a.dll", System.Text.Encoding.ASCII.GetBytes(start + "one"), System.Text.Encoding.ASCII.GetBytes(start + "two")));

    [Fact]
    public void Damaged_assembly_is_told_without_an_exception()
    {
        var (sound, random) = (Assembly("/x.cs"), new Random(5));
        for (var i = 0; i < 2000; i++)
        {
            var damaged = sound.ToArray();
            for (var n = 1 + random.Next(8); n > 0; n--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            _ = new AssemblyDifference(new(3, true)).Explain(sound, damaged);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Stable(params (string Name, string Text)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
                entry.LastWriteTime = Later;
                using var content = entry.Open();
                content.Write(System.Text.Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    private static byte[] Assembly(string path, string source = "class A;", bool deterministic = true)
    {
        using var stream = new MemoryStream();
        Assert.True(Compile(path, source, deterministic).Emit(stream, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded)).Success);
        return stream.ToArray();
    }

    private static byte[] Pdb(string path)
    {
        using var image = new MemoryStream();
        using var pdb = new MemoryStream();
        Assert.True(Compile(path, "class A;", deterministic: true).Emit(image, pdb, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb)).Success);
        return pdb.ToArray();
    }

    private static CSharpCompilation Compile(string path, string source, bool deterministic) => CSharpCompilation.Create(
        "a",
        [CSharpSyntaxTree.ParseText(SourceText.From(source + " class M { void F() { } }", System.Text.Encoding.UTF8), path: path)],
        [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
        new(OutputKind.DynamicallyLinkedLibrary, deterministic: deterministic));

    private void Tar(string folder, string name, params string[] arguments)
    {
        using var tar = System.Diagnostics.Process.Start("tar", ["-C", folder, "-cf", _folder.Combine(name), .. arguments]);
        tar.WaitForExit();
        Assert.Equal(0, tar.ExitCode);
    }

    private IReadOnlyList<string> Explain(string name, byte[] expected, byte[] actual) =>
        DifferenceExplainer.Explain(_folder.Write("expected/" + name, expected), _folder.Write("actual/" + name, actual));
}
