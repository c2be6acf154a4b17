using Kfm.Ledger.Tests.Faults;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Tests.Faults;

/// <summary>No room for the bundle, or for the ledger.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly KfmProcess _kfm = new();
    private readonly SmallRepository _repository = new();

    [MountFact]
    public async Task Run_without_room_for_its_bundle_says_so_and_leaves_nothing()
    {
        using var space = new SmallSpace();
        var bundle = space.PathOf("out");
        foreach (var rest in (int[])[0, 20 << 10, 160 << 10, 300 << 10])
        {
            space.Fill(rest);
            var full = await _kfm.ExpectAsync(1, _kfm.Run(_repository, bundle));
            Assert.Matches(@"^kfm: No space left on device[^\n]*No bundle was written; make room and run again\.\n$", full.Error);
            Assert.Equal([space.PathOf("filler")], Directory.EnumerateFileSystemEntries(space.Path));
            Assert.Empty(Directory.EnumerateFileSystemEntries(_kfm.Temporary));
            await _kfm.LedgerIsSoundAsync();
            space.Free();
        }

        await _kfm.ExpectAsync(0, _kfm.Run(_repository, bundle));
        await _kfm.ExpectAsync(0, "verify", bundle);
        await _kfm.LedgerIsSoundAsync();
    }

    [MountFact]
    public async Task Stage_without_room_leaves_the_bundle_as_it_was()
    {
        using var space = new SmallSpace();
        var bundle = space.PathOf("out");
        await _kfm.ExpectAsync(0, ["propose", .. _kfm.Run(_repository, bundle)[1..^2]]);
        var before = Bytes(bundle);
        space.Fill(8 << 10);

        var full = await _kfm.ExpectAsync(1, "preview", "--repo", _repository.Path, "--out", bundle);
        Assert.Matches(@"^kfm: No space left on device[^\n]*\n$", full.Error);
        Assert.Equal(before, Bytes(bundle));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(space.Path).Count());

        space.Free();
        await _kfm.ExpectAsync(0, "preview", "--repo", _repository.Path, "--out", bundle);
    }

    [MountFact]
    public async Task Run_without_room_for_its_ledger_says_so_and_loses_no_entry()
    {
        using var space = new SmallSpace();
        var ledger = space.PathOf("log.db");
        await _kfm.ExpectAsync(0, _kfm.Run(_repository, _kfm.PathOf("first"), ledger));
        foreach (var rest in (int[])[0, 40 << 10])
        {
            space.Fill(rest);
            var bundle = _kfm.PathOf($"out-{rest}");
            var full = await _kfm.ExpectAsync(1, _kfm.Run(_repository, bundle, ledger));
            Assert.Contains("kfm: ", full.Error, StringComparison.Ordinal);
            Assert.Matches("(?i)no (room|space)|full", full.Error);
            if (Directory.Exists(bundle))
            {
                Assert.NotEqual(0, (await _kfm.RunAsync(["verify", bundle])).ExitCode);
            }

            space.Free();
            await _kfm.LedgerIsSoundAsync(ledger);
            await _kfm.ExpectAsync(0, Directory.Exists(bundle) ? ["pr", "--out", bundle, "--ledger", ledger] : _kfm.Run(_repository, bundle, ledger));
            await _kfm.ExpectAsync(0, "verify", bundle);
        }

        await _kfm.ExpectAsync(0, "verify", _kfm.PathOf("first"));
        await _kfm.LedgerIsSoundAsync(ledger);
    }

    public void Dispose()
    {
        _repository.Dispose();
        _kfm.Dispose();
    }

    private static List<(string, string)> Bytes(string bundle) =>
        [.. DirectoryTree.Files(bundle).Select(f => (f, Convert.ToHexString(File.ReadAllBytes(Path.Combine(bundle, f)))))];
}
