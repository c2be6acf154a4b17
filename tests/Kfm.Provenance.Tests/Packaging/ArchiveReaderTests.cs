using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Kfm.Provenance.Manifests;
using Kfm.Provenance.Packaging;

namespace Kfm.Provenance.Tests.Packaging;

public sealed class ArchiveReaderTests
{
    private static readonly byte[] TwoFiles = Archives.Write(ArchiveKind.Zip, Archives.File("aa", "first"), Archives.File("bb", "second"));
    private static readonly byte[] TwoInTar = Archives.Write(ArchiveKind.Tar, Archives.File("aa", "first"), Archives.File("bb", "second"));

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "path up", Archives.PlatformZip(CompressionLevel.Optimal, ("../a", "")), "segment '..'" },
        { "path up inside", Archives.PlatformZip(CompressionLevel.Optimal, ("a/../b", "")), "segment '..'" },
        { "absolute path", Archives.PlatformZip(CompressionLevel.Optimal, ("/a", "")), "absolute" },
        { "drive letter", Archives.PlatformZip(CompressionLevel.Optimal, ("C:a", "")), "absolute" },
        { "backslash", Archives.PlatformZip(CompressionLevel.Optimal, ("a\\b", "")), "backslash" },
        { "control character", Archives.PlatformZip(CompressionLevel.Optimal, ("a\nb", "")), "control character" },
        { "empty segment", Archives.PlatformZip(CompressionLevel.Optimal, ("a//b", "")), "empty segment" },
        { "name twice", Archives.PlatformZip(CompressionLevel.Optimal, ("a", "1"), ("a", "2")), "twice" },
        { "file and folder", Archives.PlatformZip(CompressionLevel.Optimal, ("a/", ""), ("a", "")), "twice" },
        { "below a file", Archives.PlatformZip(CompressionLevel.Optimal, ("a", ""), ("a/b", "")), "lies below 'a'" },
        { "folder with content", Archives.PlatformZip(CompressionLevel.Optimal, ("a/", "x")), "folder has content" },
        { "bytes before", [.. "MZ"u8, .. TwoFiles], "neither zip" },
        { "local header before", [.. TwoFiles[..37], .. TwoFiles], "bytes stand before" },
        { "bytes behind", [.. TwoFiles, 0], "bytes follow" },
        { "another end in the comment", WithComment(TwoFiles, [.. "PK\x05\x06"u8, .. new byte[18]]), "bytes stand before or between" },
        { "local name differs", Archives.Replace(TwoFiles, "aa"u8, "zz"u8, only: 0), "another name" },
        { "local method differs", Patch(TwoFiles, 8, 0), "another method" },
        { "local sum differs", Patch(TwoFiles, 14, 1), "another sum" },
        { "local size differs", Patch(TwoFiles, 22, 1), "another sum or other sizes" },
        { "encrypted", Flag(TwoFiles, 1), "encrypted" },
        { "count too low", Patch(TwoFiles, TwoFiles.Length - 12, 1, also: TwoFiles.Length - 14), "not as many" },
        { "several disks", Patch(TwoFiles, TwoFiles.Length - 18, 1), "several files" },
        { "directory elsewhere", Patch(TwoFiles, TwoFiles.Length - 6, 1), "bytes stand before or between" },
        { "torn", TwoFiles[..^1], "end record" },
        { "nothing", [], "neither zip" },
        { "text", "hello"u8.ToArray(), "neither zip" },
        { "tar path up", Tar(("../aa", '0', "", "")), "segment '..'" },
        { "tar header with another sum", Archives.Replace(TwoInTar, "bb\0"u8, "..\0"u8), "header with the right sum" },
        { "tar below a link", Tar(("aa", '2', "bb", ""), ("aa/c", '0', "", "")), "lies below 'aa', which is a link" },
        { "tar link up", Tar(("aa", '2', "../bb", "")), "may lead out" },
        { "tar link up inside", Tar(("d/aa", '2', "x/../../bb", "")), "may lead out" },
        { "tar absolute link", Tar(("aa", '2', "/etc/passwd", "")), "absolute" },
        { "tar empty link", Tar(("aa", '2', "", "")), "empty" },
        { "tar hard link to nothing", Tar(("aa", '1', "bb", "")), "hard link" },
        { "tar hard link to what comes later", Tar(("aa", '1', "bb", ""), ("bb", '0', "", "x")), "hard link" },
        { "tar device", Tar(("aa", '3', "", "")), "neither file nor folder nor link" },
        { "tar pipe", Tar(("aa", '6', "", "")), "neither file nor folder nor link" },
        { "tar sparse", Tar(("aa", 'S', "", "")), "neither file nor folder nor link" },
        { "tar name twice after its dots", Tar(("aa", '0', "", ""), ("./aa", '0', "", "")), "twice" },
        { "tar folder twice", Tar(("aa/", '5', "", ""), ("./aa", '5', "", "")), "twice" },
        { "tar up", Tar(("./../aa", '0', "", "")), "segment '..'" },
        { "tar pax size against the header", Tar(("pax", 'x', "", "10 size=1\n"), ("aa", '0', "", "")), "two sizes" },
        { "tar pax path twice", Tar(("pax", 'x', "", "9 path=b\n9 path=c\n"), ("aa", '0', "", "")), "told twice" },
        { "tar pax for all", Tar(("pax", 'g', "", "9 path=b\n"), ("aa", '0', "", "")), "for all entries" },
        { "tar pax length", Tar(("pax", 'x', "", "99 path=b\n"), ("aa", '0', "", "")), "malformed" },
        { "tar pax alone", Tar(("pax", 'x', "", "9 path=b\n")), "belongs to no entry" },
        { "tar long name and pax", Tar(("long", 'L', "", "b\0"), ("pax", 'x', "", "9 path=c\n"), ("aa", '0', "", "")), "told twice" },
        { "tar without end", TwoInTar[..^1024], "two blocks of zeros" },
        { "tar with half an end", TwoInTar[..^512], "two blocks of zeros" },
        { "tar with bytes behind", [.. TwoInTar, .. new byte[600], 1], "Bytes follow" },
        { "tar torn behind a content", TwoInTar[..700], "ends inside" },
        { "tar torn in a content", TwoInTar[..514], "behind the end" },
        { "gzip with bytes behind", [.. Archives.Write(ArchiveKind.TarGzip, Archives.File("a")), 0], "other bytes follow" },
        { "gzip twice", [.. Archives.Write(ArchiveKind.TarGzip, Archives.File("a")), .. Archives.Write(ArchiveKind.TarGzip, Archives.File("a"))], "another member" },
        { "gzip torn", Archives.Write(ArchiveKind.TarGzip, Archives.File("a"))[..^1], "sum or the size" },
        { "gzip of no tar", Gzip("text"u8.ToArray()), "not a tar" },
        { "gzip of a gzip", Gzip(Archives.Write(ArchiveKind.TarGzip, Archives.File("a"))), "not a tar" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Archive_is_refused(string why, byte[] archive, string message)
    {
        var refusal = Assert.Throws<ArchiveFormatException>(() =>
        {
            using var reader = ArchiveReader.Open(archive);
        });

        Assert.True(refusal.Message.Contains(message, StringComparison.Ordinal), $"{why}: {refusal.Message}");
        Assert.InRange(refusal.Offset, 0, Math.Max(archive.Length, 20_000));
    }

    [Fact]
    public void Content_of_another_sum_is_refused_with_its_entry()
    {
        var archive = Archives.Write(ArchiveKind.Zip, new PackOptions { Compression = CompressionLevel.NoCompression }, Archives.File("aa", "first"), Archives.File("bb", "second"));
        using var reader = ArchiveReader.Open(Archives.Replace(archive, "second"u8, "sEcond"u8));

        var refusal = Assert.Throws<ArchiveFormatException>(() => ArtifactManifest.OfArchive(reader));
        Assert.Equal(("bb", 37L), (refusal.Entry, refusal.Offset));
    }

    [Fact]
    public void Content_that_goes_on_behind_its_end_is_refused()
    {
        // An entry of deflate whose last byte no reader needs.
        var packed = Archives.Write(ArchiveKind.Zip, Archives.File("a", new string('x', 100)));
        var local = 31 + (int)BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(18));
        byte[] longer = [.. packed[..local], 0, .. packed[local..]];
        longer[18]++;
        longer[local + 1 + 20]++;
        longer[^6]++;
        using var reader = ArchiveReader.Open(longer);

        Assert.Contains("goes on behind", Assert.Throws<ArchiveFormatException>(() => ArtifactManifest.OfArchive(reader)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_shorter_than_told_is_refused()
    {
        var packed = Archives.Write(ArchiveKind.Zip, Archives.File("a", new string('x', 100)));
        packed[22]++;
        packed[31 + (int)BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(18)) + 24]++;
        using var reader = ArchiveReader.Open(packed);

        Assert.Contains("1 bytes are missing", Assert.Throws<ArchiveFormatException>(() => ArtifactManifest.OfArchive(reader)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ArchiveKind.Zip)]
    [InlineData(ArchiveKind.TarGzip)]
    public void Bomb_is_refused_before_it_is_unpacked(ArchiveKind kind)
    {
        var bomb = Archives.Write(kind, ArchiveItem.OfBytes("zeros", new byte[32 << 20]));

        Assert.Contains("200 times", Assert.Throws<ArchiveFormatException>(() => ArchiveReader.Open(bomb)).Message, StringComparison.Ordinal);
        using var allowed = ArchiveReader.Open(bomb, new() { MaxRatio = 2000 });
        Assert.Equal(32 << 20, Assert.Single(allowed.Entries).Size);
    }

    [Fact]
    public void Bomb_of_many_small_entries_is_refused()
    {
        var bomb = Archives.Write(ArchiveKind.Zip, Enumerable.Range(0, 4).Select(i => ArchiveItem.OfBytes($"zeros{i}", new byte[8 << 20])));

        Assert.Contains("200 times", Assert.Throws<ArchiveFormatException>(() => ArchiveReader.Open(bomb)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ArchiveKind.Zip)]
    [InlineData(ArchiveKind.Tar)]
    [InlineData(ArchiveKind.TarGzip)]
    public void Limits_are_kept(ArchiveKind kind)
    {
        var archive = Archives.Write(kind, Archives.File("a", "12345"), Archives.File("b", "12345"));

        Assert.Throws<ArchiveFormatException>(() => ArchiveReader.Open(archive, new() { MaxEntries = 1 }));
        Assert.Throws<ArchiveFormatException>(() => ArchiveReader.Open(archive, new() { MaxTotalBytes = 9 }));
        Assert.Throws<OperationCanceledException>(() => ArchiveReader.Open(archive, new() { CancellationToken = new(canceled: true) }));
        using var fits = ArchiveReader.Open(archive, new() { MaxEntries = 2, MaxTotalBytes = 10_000 });
        Assert.Equal(2, fits.Entries.Count);
    }

    [Theory]
    [InlineData("README", "readme")]
    [InlineData("Src/a", "src/b")]
    public void Names_that_differ_by_case_are_refused_where_that_matters(string one, string other)
    {
        var archive = Archives.Write(ArchiveKind.Zip, Archives.File(one), Archives.File(other));
        using (var reader = ArchiveReader.Open(archive))
        {
            Assert.Equal(2, reader.Entries.Count);
        }

        Assert.Contains("only by case", Assert.Throws<ArchiveFormatException>(() => ArchiveReader.Open(archive, new() { RefuseCaseCollisions = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zip_of_the_platform_is_read()
    {
        using var reader = ArchiveReader.Open(Archives.PlatformZip(CompressionLevel.Optimal, ("d/", ""), ("d/ä", "text"), ("e", "")));

        Assert.Equal(["d", "d/ä", "e"], reader.Entries.Select(e => e.Path));
        Assert.Equal([ArchiveEntryKind.Folder, ArchiveEntryKind.File, ArchiveEntryKind.File], reader.Entries.Select(e => e.Kind));
        using var text = new StreamReader(reader.OpenRead(reader.Entries[1]));
        Assert.Equal("text", text.ReadToEnd());
    }

    [Fact]
    public void Zip_with_data_descriptors_is_read()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(new ForwardStream(stream), ZipArchiveMode.Create, leaveOpen: true))
        {
            using var content = zip.CreateEntry("a").Open();
            content.Write("text"u8);
        }

        Assert.NotEqual(0, stream.ToArray()[6] & 8);
        using var reader = ArchiveReader.Open(stream.ToArray());
        Assert.Equal(4, Assert.Single(ArtifactManifest.OfArchive(reader).Entries).Size);
        Assert.Throws<ArchiveFormatException>(() => ArchiveReader.Open(Archives.Replace(stream.ToArray(), "PK\x07\x08"u8, "PK\x07\x09"u8)));
    }

    [Fact]
    public void Hard_link_has_the_content_of_its_file()
    {
        using var reader = ArchiveReader.Open(Tar(("aa", '0', "", "text"), ("./bb", '1', "./aa", "")));
        var manifest = ArtifactManifest.OfArchive(reader);

        Assert.Equal(manifest.Entries[0].Digest, manifest.Entries[1].Digest);
    }

    [Fact]
    public void Long_names_of_gnu_tar_are_read()
    {
        using var reader = ArchiveReader.Open(Tar(("././@LongLink", 'L', "", new string('n', 300) + "\0"), ("short", '0', "", "x"), ("././@LongLink", 'K', "", "bb\0"), ("link", '2', "xx", "")));

        Assert.Equal([new string('n', 300), "link"], reader.Entries.Select(e => e.Path));
        Assert.Equal("bb", reader.Entries[1].LinkTarget);
    }

    private static byte[] Tar(params (string Name, char Type, string Target, string Content)[] entries)
    {
        using var tar = new MemoryStream();
        foreach (var (name, type, target, content) in entries)
        {
            var block = new byte[512];
            Encoding.UTF8.GetBytes(name, block);
            "0000644\0"u8.CopyTo(block.AsSpan(100));
            "0000000\0"u8.CopyTo(block.AsSpan(108));
            "0000000\0"u8.CopyTo(block.AsSpan(116));
            Encoding.ASCII.GetBytes(Convert.ToString(content.Length, 8).PadLeft(11, '0')).CopyTo(block, 124);
            "00000000000\0"u8.CopyTo(block.AsSpan(136));
            block[156] = (byte)type;
            Encoding.UTF8.GetBytes(target, block.AsSpan(157));
            "ustar\000"u8.CopyTo(block.AsSpan(257));
            block.AsSpan(148, 8).Fill((byte)' ');
            Encoding.ASCII.GetBytes(Convert.ToString(block.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(block, 148);
            tar.Write(block);
            tar.Write(Encoding.UTF8.GetBytes(content.PadRight((content.Length + 511) / 512 * 512, '\0')));
        }

        tar.Write(new byte[1024]);
        return tar.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }

    private static byte[] WithComment(byte[] zip, byte[] comment)
    {
        byte[] changed = [.. zip, .. comment];
        BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(zip.Length - 2), (ushort)comment.Length);
        return changed;
    }

    private static byte[] Patch(byte[] archive, int at, byte value, int? also = null)
    {
        var changed = archive.ToArray();
        changed[at] = value;
        changed[also ?? at] = value;
        return changed;
    }

    private static byte[] Flag(byte[] zip, byte flag)
    {
        var directory = (int)BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(zip.Length - 6));
        return Patch(zip, 6, flag, also: directory + 8);
    }
}
