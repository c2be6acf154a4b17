using Kfm.Ledger.Export;
using Kfm.Ledger.Retention;
using Kfm.Ledger.Tiles;
using Kfm.Ledger.Verification;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Ledger.Tests.Export;

public sealed class LogExportTests : IDisposable
{
    private readonly LogFixture _fixture = new();
    private readonly TemporaryDirectory _folder = new();

    public void Dispose()
    {
        _fixture.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Files_are_those_of_tlog_tiles_and_no_others()
    {
        var folder = Exported(600);
        Assert.Equal(
            ["checkpoint", "tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"],
            Files(folder));
        Assert.Equal(600UL, Kfm.Provenance.Merkle.Checkpoint.Parse(SignedNote.Parse(File.ReadAllText(Path.Combine(folder, "checkpoint"))).Text).Size);
        Assert.Equal(256, EntryBundle.TryRead(File.ReadAllBytes(Path.Combine(folder, "tile/entries/001")))!.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(600)]
    public void Import_gives_the_same_log(int size)
    {
        var folder = Exported(size);
        using var other = new LogFixture();
        using (var log = TransparencyLog.Open(_fixture.Options() with { Path = other.Path }))
        {
            Assert.Equal((ulong)size, LogImport.Into(log, folder, [_fixture.Verifier], DateTimeOffset.UnixEpoch).Size);
            Assert.Equal(File.ReadAllText(Path.Combine(folder, "checkpoint")), log.Checkpoint());
        }

        var report = LogVerifier.Verify(other.Path, [_fixture.Verifier]);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        using var again = TransparencyLog.Open(_fixture.Options() with { Path = other.Path });
        AssertSame(folder, Export(again, "again"));
    }

    [Fact]
    public void One_log_and_one_size_give_the_same_bytes_whatever_came_later()
    {
        var folder = Exported(300);
        using var log = _fixture.Open();
        var (one, two) = (_folder.Combine("one.zip"), _folder.Combine("two.zip"));
        LogExport.ToZip(log, one, 300);
        log.Append([LogFixture.Entry(300)]);
        log.Checkpoint();
        LogExport.ToZip(log, two, 300);
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(two));
        AssertSame(folder, Export(log, "later", 300));
    }

    [Fact]
    public void Zip_is_read_like_a_folder()
    {
        Exported(300);
        var zip = _folder.Combine("log.zip");
        using (var log = _fixture.Open())
        {
            LogExport.ToZip(log, zip);
        }

        Assert.Equal(300UL, LogImport.Verify(zip, LogFixture.Origin, [_fixture.Verifier]).Size);
    }

    [Fact]
    public void Every_changed_byte_of_an_export_is_refused()
    {
        var folder = Exported(300);
        foreach (var file in Files(folder))
        {
            var path = Path.Combine(folder, file);
            var bytes = File.ReadAllBytes(path);
            for (var at = 0; at < bytes.Length; at += 1 + (bytes.Length / 40))
            {
                bytes[at] ^= 1;
                File.WriteAllBytes(path, bytes);
                AssertRefused(folder);
                bytes[at] ^= 1;
            }

            File.WriteAllBytes(path, bytes);
        }

        LogImport.Verify(folder, LogFixture.Origin, [_fixture.Verifier]);
    }

    [Fact]
    public void Missing_superfluous_and_cut_files_are_refused()
    {
        var folder = Exported(300);
        foreach (var file in Files(folder))
        {
            var path = Path.Combine(folder, file);
            var bytes = File.ReadAllBytes(path);
            File.Delete(path);
            AssertRefused(folder);
            File.WriteAllBytes(path, bytes[..^1]);
            AssertRefused(folder);
            File.WriteAllBytes(path, [.. bytes, 0]);
            AssertRefused(folder);
            File.WriteAllBytes(path, bytes);
        }

        File.WriteAllText(Path.Combine(folder, "tile/0/003"), "");
        AssertRefused(folder);
    }

    [Fact]
    public void Export_of_another_log_or_key_is_refused_and_leaves_the_log_empty()
    {
        var folder = Exported(10);
        using var other = new LogFixture();
        Assert.Throws<LogExportFormatException>(() => LogImport.Verify(folder, "log.example/other", [_fixture.Verifier]));
        using var log = other.Open();
        Assert.Throws<LogExportFormatException>(() => LogImport.Into(log, folder, [other.Verifier], DateTimeOffset.UnixEpoch));
        Assert.Equal(0, log.Size);
    }

    [Fact]
    public void Folder_and_zip_that_are_something_else_are_refused()
    {
        AssertRefused(_folder.Combine("nothing"));
        AssertRefused(_folder.Write("text.zip", "no zip"));
        var folder = Exported(10);
        File.CreateSymbolicLink(Path.Combine(folder, "link"), "/etc/passwd");
        AssertRefused(folder);
    }

    [Fact]
    public void Import_needs_an_empty_log_and_a_key()
    {
        var folder = Exported(10);
        using var log = _fixture.Open();
        Assert.Throws<ArgumentException>(() => LogImport.Into(log, folder, [_fixture.Verifier], DateTimeOffset.UnixEpoch));
        Assert.Throws<ArgumentException>(() => LogImport.Verify(folder, LogFixture.Origin, []));
        Assert.Throws<ArgumentException>(() => LogExport.ToDirectory(log, folder));
    }

    [Fact]
    public void Pruned_bundles_are_left_out()
    {
        Exported(600);
        using var log = _fixture.Open();
        LogRetention.Prune(log, new RetentionPolicy(), "records", "urn:x", new DateTimeOffset(2033, 1, 2, 3, 10, 0, TimeSpan.Zero));
        var files = Files(Export(log, "pruned"));
        Assert.DoesNotContain("tile/entries/000", files);
        Assert.Contains("tile/0/000", files);
        AssertRefused(_folder.Combine("pruned"));
    }

    private string Exported(int size)
    {
        _fixture.Fill(size);
        using var log = _fixture.Open();
        return Export(log, "export");
    }

    private string Export(TransparencyLog log, string name, long? size = null)
    {
        LogExport.ToDirectory(log, _folder.Combine(name), size);
        return _folder.Combine(name);
    }

    private void AssertRefused(string path) =>
        Assert.Throws<LogExportFormatException>(() => LogImport.Verify(path, LogFixture.Origin, [_fixture.Verifier]));

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];

    private static void AssertSame(string one, string other)
    {
        Assert.Equal(Files(one), Files(other));
        Assert.All(Files(one), f => Assert.Equal(File.ReadAllBytes(Path.Combine(one, f)), File.ReadAllBytes(Path.Combine(other, f))));
    }
}
