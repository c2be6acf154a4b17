using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.Versioning;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Manifests;
using Kfm.Provenance.Packaging;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Packaging;

[UnsupportedOSPlatform("windows")]
public sealed class ArchiveWriterTests
{
    public static TheoryData<ArchiveKind> Kinds => [ArchiveKind.Zip, ArchiveKind.Tar, ArchiveKind.TarGzip];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Archive_of_a_folder_has_the_manifest_of_the_folder(ArchiveKind kind)
    {
        using var tree = Tree();
        using var stream = new MemoryStream();
        ArchiveWriter.WriteDirectory(stream, kind, tree.Path);
        using var archive = ArchiveReader.Open(stream.ToArray());

        Assert.Equal(kind, archive.Kind);
        Assert.Equal(ArtifactManifest.OfDirectory(tree.Path).Entries, ArtifactManifest.OfArchive(archive).Entries);
        Assert.Equal(GitTree.IdOfDirectory(tree.Path), GitTree.IdOfArchive(archive));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Unpacked_archive_packs_to_the_same_bytes(ArchiveKind kind) => Prop.ForAll<int>(seed =>
    {
        using var folder = new TemporaryDirectory();
        var packed = Archives.Write(kind, Items(seed));
        using var archive = ArchiveReader.Open(packed);
        archive.ExtractTo(folder.Combine("x"));
        using var again = new MemoryStream();
        ArchiveWriter.WriteDirectory(again, kind, folder.Combine("x"));
        return packed.AsSpan().SequenceEqual(again.ToArray());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_do_not_depend_on_order_threads_or_seeking(ArchiveKind kind) => Prop.ForAll<int, PositiveInt>((seed, threads) =>
    {
        var items = Items(seed);
        var one = Archives.Write(kind, new PackOptions { Parallelism = 1 }, items);
        var many = Archives.Write(kind, new PackOptions { Parallelism = 2 + (threads.Get % 8) }, items.AsEnumerable().Reverse());
        using var forward = new MemoryStream();
        using (var pipe = new BufferedStream(new ForwardStream(forward)))
        {
            ArchiveWriter.Write(pipe, kind, items);
        }

        return one.AsSpan().SequenceEqual(many) && one.AsSpan().SequenceEqual(forward.ToArray());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Large_entry_is_the_same_with_and_without_seeking()
    {
        var content = new byte[(16 << 20) + 1];
        new Random(1).NextBytes(content.AsSpan(0, 1 << 20));
        ArchiveItem[] items = [Archives.File("a", "1"), ArchiveItem.OfBytes("b", content), Archives.File("c", "2")];
        using var seekable = new MemoryStream();
        seekable.Write("before"u8);
        ArchiveWriter.Write(seekable, ArchiveKind.Zip, items);
        using var forward = new MemoryStream();
        ArchiveWriter.Write(new ForwardStream(forward), ArchiveKind.Zip, items);

        Assert.True(seekable.ToArray().AsSpan(6).SequenceEqual(forward.ToArray()));
        using var archive = ArchiveReader.Open(forward.ToArray());
        Assert.Equal(["a", "b", "c"], ArtifactManifest.OfArchive(archive).Entries.Select(e => e.Path));
    }

    [Theory]
    [InlineData(ArchiveKind.Zip, "unzip", "-tqq", "ARCHIVE")]
    [InlineData(ArchiveKind.Zip, "python3", "-c", "import sys,zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)", "ARCHIVE")]
    [InlineData(ArchiveKind.Tar, "tar", "-tf", "ARCHIVE")]
    [InlineData(ArchiveKind.TarGzip, "tar", "-tzf", "ARCHIVE")]
    [InlineData(ArchiveKind.TarGzip, "gzip", "-t", "ARCHIVE")]
    [InlineData(ArchiveKind.Tar, "python3", "-c", "import sys,tarfile; [m for m in tarfile.open(sys.argv[1])]", "ARCHIVE")]
    public void Archive_is_read_by_other_tools(ArchiveKind kind, string tool, params string[] arguments)
    {
        using var tree = Tree();
        using var folder = new TemporaryDirectory();
        using (var stream = File.Create(folder.Combine(kind == ArchiveKind.TarGzip ? "a.tar.gz" : "a")))
        {
            ArchiveWriter.WriteDirectory(stream, kind, tree.Path);
        }

        var path = Directory.GetFiles(folder.Path).Single();
        Assert.Equal(0, Run(tool, [.. arguments.Select(a => a == "ARCHIVE" ? path : a)]));
    }

    [Fact]
    public void Tar_unpacks_to_the_same_tree_by_tar()
    {
        using var tree = Tree();
        using var folder = new TemporaryDirectory();
        using (var stream = File.Create(folder.Combine("a.tar")))
        {
            ArchiveWriter.WriteDirectory(stream, ArchiveKind.Tar, tree.Path);
        }

        Directory.CreateDirectory(folder.Combine("out"));
        Assert.Equal(0, Run("tar", ["-xf", folder.Combine("a.tar"), "-C", folder.Combine("out")]));
        Assert.Equal(ArtifactManifest.OfDirectory(tree.Path).Entries, ArtifactManifest.OfDirectory(folder.Combine("out")).Entries);
    }

    [Fact]
    public void Zip_unpacks_to_the_same_tree_by_unzip()
    {
        using var tree = Tree();
        using var folder = new TemporaryDirectory();
        using (var stream = File.Create(folder.Combine("a.zip")))
        {
            ArchiveWriter.WriteDirectory(stream, ArchiveKind.Zip, tree.Path);
        }

        Assert.Equal(0, Run("unzip", ["-qq", folder.Combine("a.zip"), "-d", folder.Combine("out")]));
        Assert.Equal(ArtifactManifest.OfDirectory(tree.Path).Entries, ArtifactManifest.OfDirectory(folder.Combine("out")).Entries);
    }

    [Fact]
    public void Zip_of_many_entries_is_a_zip64()
    {
        var packed = Archives.Write(ArchiveKind.Zip, Enumerable.Range(0, 65_535).Select(i => Archives.File($"f{i}")));

        using var archive = ArchiveReader.Open(packed);
        Assert.Equal(65_535, archive.Entries.Count);
        using var platform = new ZipArchive(new MemoryStream(packed));
        Assert.Equal(65_535, platform.Entries.Count);
    }

    // Writes 9 GB of zeros through deflate: about a minute.
    [Fact]
    public void Entry_and_offset_beyond_4_GiB_are_read_back()
    {
        if (Environment.GetEnvironmentVariable("KFM_LARGE_ARCHIVES") is not { Length: > 0 })
        {
            return;
        }

        using var folder = new TemporaryDirectory();
        using (var zeros = File.Create(folder.Combine("zeros")))
        {
            zeros.SetLength((4L << 30) + 5);
        }

        foreach (var level in new[] { CompressionLevel.NoCompression, CompressionLevel.Fastest })
        {
            using (var stream = File.Create(folder.Combine("a.zip")))
            {
                ArchiveWriter.Write(stream, ArchiveKind.Zip, [ArchiveItem.OfFile("a", folder.Combine("zeros")), Archives.File("b", "2")], new() { Compression = level });
            }

            using var archive = ArchiveReader.Open(folder.Combine("a.zip"), new() { MaxRatio = 2000 });
            Assert.Equal([(4L << 30) + 5, 1], ArtifactManifest.OfArchive(archive).Entries.Select(e => e.Size));
            Assert.Equal(0, Run("unzip", ["-tqq", folder.Combine("a.zip")]));
        }
    }

    [Fact]
    public void Times_are_those_of_the_source_date_epoch()
    {
        var options = new PackOptions { SourceDateEpoch = new(2026, 11, 22, 1, 2, 4, TimeSpan.FromHours(1)) };
        using var zip = ArchiveReader.Open(Archives.Write(ArchiveKind.Zip, options, Archives.File("a")));
        using var tar = ArchiveReader.Open(Archives.Write(ArchiveKind.Tar, options, Archives.File("a")));

        Assert.Equal(new DateTime(2026, 11, 22, 0, 2, 4), zip.Entries[0].Modified);
        Assert.Equal(new DateTime(2026, 11, 22, 0, 2, 4), tar.Entries[0].Modified);
        Assert.Equal(0b110_100_100, zip.Entries[0].Mode);
        Assert.Equal(0b110_100_100, tar.Entries[0].Mode);
    }

    [Fact]
    public void Times_outside_of_zip_are_its_first_and_last()
    {
        using var first = ArchiveReader.Open(Archives.Write(ArchiveKind.Zip, new PackOptions { SourceDateEpoch = DateTimeOffset.UnixEpoch }, Archives.File("a")));
        using var last = ArchiveReader.Open(Archives.Write(ArchiveKind.Zip, new PackOptions { SourceDateEpoch = DateTimeOffset.MaxValue }, Archives.File("a")));

        Assert.Equal(new DateTime(1980, 1, 1), first.Entries[0].Modified);
        Assert.Equal(new DateTime(2107, 12, 31, 23, 59, 58), last.Entries[0].Modified);
    }

    [Fact]
    public void Items_that_no_reader_would_take_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Archives.Write(ArchiveKind.Zip, Archives.File("a"), Archives.File("a")));
        Assert.Throws<ArgumentException>(() => Archives.Write(ArchiveKind.Tar, Archives.File("a"), Archives.File("a/b")));
        Assert.Throws<ArgumentException>(() => Archives.Write(ArchiveKind.Tar, ArchiveItem.OfLink("a", "../b")));
        Assert.Throws<RelativePathException>(() => Archives.File("../a"));
    }

    [Fact]
    public void Extraction_wants_an_empty_folder()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("there", "");
        using var archive = ArchiveReader.Open(Archives.Write(ArchiveKind.Zip, Archives.File("a")));

        Assert.Throws<ArgumentException>(() => archive.ExtractTo(folder.Path));
    }

    private static List<ArchiveItem> Items(int seed)
    {
        var random = new Random(seed);
        var items = new List<ArchiveItem>();
        for (var i = random.Next(12); i > 0; i--)
        {
            var path = $"{string.Concat(Enumerable.Repeat("deep/", random.Next(3)))}{new string("aé\U0001f600"[random.Next(2)], 1 + random.Next(120))}{i}";
            var content = new byte[random.Next(3) == 0 ? 0 : random.Next(5000)];
            random.NextBytes(content.AsSpan(0, content.Length / 2));
            items.Add(random.Next(5) == 0 ? ArchiveItem.OfLink(path, new string('t', 1 + random.Next(150))) : ArchiveItem.OfBytes(path, content, random.Next(3) == 0));
        }

        return items;
    }

    private static TemporaryDirectory Tree()
    {
        var tree = new TemporaryDirectory();
        tree.Write("a.b", "1");
        tree.Write("a/c", new string('x', 100_000));
        tree.Write("empty", "");
        tree.Write("ä/é \U0001f600", "2");
        tree.Write(new string('n', 101), "3");
        tree.Write($"{new string('p', 150)}/{new string('n', 99)}", "4");
        tree.Write($"{new string('p', 156)}/{new string('n', 99)}", "5");
        tree.Write($"{new string('p', 100)}/{new string('q', 100)}/{new string('n', 120)}", "6");
        File.SetUnixFileMode(tree.Write("run", "7"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(tree.Combine("a/link"), "../a.b");
        File.CreateSymbolicLink(tree.Combine("long-link"), new string('l', 101));
        File.CreateSymbolicLink(tree.Combine("folder-link"), "ä");
        return tree;
    }

    private static int Run(string tool, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { UseShellExecute = false, RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C.UTF-8" } })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
