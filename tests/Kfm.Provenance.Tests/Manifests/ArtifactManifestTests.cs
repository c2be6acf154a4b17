using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Manifests;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Manifests;

[UnsupportedOSPlatform("windows")]
public sealed class ArtifactManifestTests
{
    [Fact]
    public void Manifest_tells_files_links_and_executables()
    {
        using var tree = new TemporaryDirectory();
        tree.Write("b/data", "four");
        Directory.CreateDirectory(tree.Combine("empty"));
        File.CreateSymbolicLink(tree.Combine("a-link"), "b/data");
        File.SetUnixFileMode(tree.Write("run.sh", ""), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var manifest = ArtifactManifest.OfDirectory(tree.Path);

        Assert.Equal(
            [
                new ManifestEntry("a-link", 6, Digest.Of("b/data"u8), LinkTarget: "b/data"),
                new ManifestEntry("b/data", 4, Digest.Of("four"u8)),
                new ManifestEntry("run.sh", 0, Digest.Of([]), IsExecutable: true),
            ],
            manifest.Entries);
    }

    [Fact]
    public void Link_to_a_folder_is_not_followed()
    {
        using var outside = new TemporaryDirectory();
        outside.Write("secret", "x");
        using var tree = new TemporaryDirectory();
        Directory.CreateSymbolicLink(tree.Combine("out"), outside.Path);

        Assert.Equal(outside.Path, Assert.Single(ArtifactManifest.OfDirectory(tree.Path).Entries).LinkTarget);
    }

    [Fact]
    public void Json_is_canonical_and_read_back()
    {
        var manifest = new ArtifactManifest(
        [
            new("b", 1, Digest.Of("1"u8), IsExecutable: true),
            new("a", 2, Digest.Of("22"u8), LinkTarget: "22"),
        ]);

        var json = manifest.ToJson();

        Assert.Equal(
            $$"""{"entries":[{"link":"22","path":"a","sha256":"{{Digest.Of("22"u8).Hex}}","size":2},{"executable":true,"path":"b","sha256":"{{Digest.Of("1"u8).Hex}}","size":1}],"formatVersion":1}""" + "\n",
            Encoding.UTF8.GetString(json));
        Assert.Equal(manifest.Entries, ArtifactManifest.Parse(json).Entries);
        Assert.Equal(Digest.Of(json), manifest.Digest);
    }

    [Theory]
    [InlineData("""{"entries":[],"formatVersion":1}""", "")]
    [InlineData("""{"entries":[],"formatVersion":2}""", "/formatVersion")]
    [InlineData("""{"entries":[],"formatVersion":1,"x":1}""", "/x")]
    [InlineData("""{"formatVersion":1}""", "")]
    [InlineData("""{"entries":[1],"formatVersion":1}""", "/entries/0")]
    [InlineData("""{"entries":[{"path":"../a","sha256":"x","size":1}],"formatVersion":1}""", "/entries/0/path")]
    [InlineData("""{"entries":[{"path":"a","sha256":"x","size":-1}],"formatVersion":1}""", "/entries/0/size")]
    [InlineData("""{"entries":[{"path":"a","sha256":"x","size":1}],"formatVersion":1}""", "/entries/0/sha256")]
    [InlineData("""{"entries":[{"path":"a","path":"a"}],"formatVersion":1}""", "/entries/0/path")]
    [InlineData("[", "")]
    public void Other_text_is_refused_with_its_place(string json, string pointer) =>
        Assert.Equal(pointer, Assert.Throws<ManifestFormatException>(() => ArtifactManifest.Parse(Encoding.UTF8.GetBytes(json))).Pointer);

    [Fact]
    public void Paths_sort_by_their_utf8_bytes()
    {
        string[] paths = ["\U0001f600", "\uff5e", "b", "a/b", "a.b", "a"];

        Assert.Equal(["a", "a.b", "a/b", "b", "\uff5e", "\U0001f600"], new ArtifactManifest(paths.Select(p => new ManifestEntry(p, 0, Digest.Of([])))).Entries.Select(e => e.Path));
    }

    [Fact]
    public void Manifest_does_not_depend_on_the_order_of_creation() => Prop.ForAll<int, int>((seed, other) =>
    {
        using var left = Tree(seed, seed);
        using var right = Tree(seed, other);
        return ArtifactManifest.OfDirectory(left.Path).ToJson().AsSpan().SequenceEqual(ArtifactManifest.OfDirectory(right.Path).ToJson());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Manifest_does_not_depend_on_the_number_of_threads() => Prop.ForAll<int, PositiveInt>((seed, threads) =>
    {
        using var tree = Tree(seed, seed);
        var one = ArtifactManifest.OfDirectory(tree.Path, new() { Parallelism = 1 });
        var many = ArtifactManifest.OfDirectory(tree.Path, new() { Parallelism = 2 + (threads.Get % 20) });
        return one.ToJson().AsSpan().SequenceEqual(many.ToJson());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Manifest_does_not_depend_on_the_culture() => Prop.ForAll<int>(seed =>
    {
        using var tree = Tree(seed, seed);
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            // A culture whose numbers, signs and orders are unlike the invariant ones.
            var odd = (System.Globalization.CultureInfo)before.Clone();
            (odd.NumberFormat.NegativeSign, odd.NumberFormat.NumberDecimalSeparator, odd.NumberFormat.NumberGroupSeparator) = ("~", ",", ".");
            var plain = ArtifactManifest.OfDirectory(tree.Path).ToJson();
            System.Globalization.CultureInfo.CurrentCulture = odd;
            return plain.AsSpan().SequenceEqual(ArtifactManifest.OfDirectory(tree.Path).ToJson());
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    [Fact]
    public void Reading_stops_when_it_is_told_to()
    {
        using var tree = Tree(1, 1);
        tree.Write("one", "1");

        Assert.Throws<OperationCanceledException>(() => ArtifactManifest.OfDirectory(tree.Path, new() { CancellationToken = new(canceled: true) }));
    }

    [Fact]
    public void Large_file_is_read_whole()
    {
        using var tree = new TemporaryDirectory();
        var content = new byte[(1 << 20) + 7];
        new Random(7).NextBytes(content);
        tree.Write("large", content);

        Assert.Equal(new ManifestEntry("large", content.Length, Digest.Of(content)), Assert.Single(ArtifactManifest.OfDirectory(tree.Path).Entries));
    }

    [Fact]
    public void Comparison_names_what_differs()
    {
        using var left = new TemporaryDirectory();
        using var right = new TemporaryDirectory();
        left.Write("same", "1");
        right.Write("same", "1");
        left.Write("gone", "1");
        right.Write("new", "1");
        left.Write("content", "1");
        right.Write("content", "2");
        left.Write("size", "1");
        right.Write("size", "22");
        left.Write("mode", "1");
        File.SetUnixFileMode(right.Write("mode", "1"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        left.Write("kind", "1");
        File.CreateSymbolicLink(right.Combine("kind"), "same");

        Assert.Equal(
            [
                "changed content: content differs in 1 bytes",
                "missing gone",
                "changed kind: a file expected, a link to 'same' found",
                "changed mode: is executable",
                "extra new",
                "changed size: 1 bytes expected, 2 found",
            ],
            ArtifactManifest.CompareDirectories(left.Path, right.Path).Select(d => d.ToString()));
    }

    [Fact]
    public void Archive_that_differs_is_explained_by_its_entries()
    {
        using var left = new TemporaryDirectory();
        using var right = new TemporaryDirectory();
        Zip(left, "content.nupkg", ("a", "1", 2020), ("b", "1", 2020));
        Zip(right, "content.nupkg", ("a", "1", 2020), ("b", "2", 2021));
        Zip(left, "names.zip", ("a", "1", 2020), ("b", "1", 2020));
        Zip(right, "names.zip", ("b", "1", 2020), ("c", "1", 2020));
        Zip(left, "order.zip", ("a", "1", 2020), ("b", "1", 2020));
        Zip(right, "order.zip", ("b", "1", 2020), ("a", "1", 2020));
        left.Write("torn.zip", "x");
        right.Write("torn.zip", "y");

        Assert.Equal(
            [
                "entry b: content, time stamp",
                "entry a is missing; entry c is extra",
                "the order of the entries differs",
                "not readable as a zip archive",
            ],
            ArtifactManifest.CompareDirectories(left.Path, right.Path).Select(d => d.Detail[(d.Detail.IndexOf("; ", StringComparison.Ordinal) + 2)..]));
    }

    private static TemporaryDirectory Tree(int seed, int order)
    {
        var names = new Random(seed);
        var files = Enumerable.Range(0, names.Next(12)).Select(i => $"{(char)('a' + names.Next(3))}/{i}{(char)(0x3b1 + names.Next(9))}").ToArray();
        new Random(order).Shuffle(files);
        var tree = new TemporaryDirectory();
        foreach (var file in files)
        {
            tree.Write(file, file);
        }

        return tree;
    }

    private static void Zip(TemporaryDirectory folder, string name, params (string Name, string Text, int Year)[] entries)
    {
        using var archive = ZipFile.Open(folder.Combine(name), ZipArchiveMode.Create);
        foreach (var (entryName, text, year) in entries)
        {
            var entry = archive.CreateEntry(entryName);
            entry.LastWriteTime = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var content = entry.Open();
            content.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}
