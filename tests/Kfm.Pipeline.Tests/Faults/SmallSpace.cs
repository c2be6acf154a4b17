using System.Diagnostics;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Faults;

/// <summary>A file system of one mebibyte that can be filled.</summary>
internal sealed class SmallSpace : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public SmallSpace()
    {
        Directory.CreateDirectory(Path);
        Tool("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", Path);
    }

    public string Path => _folder.Combine("small");

    private string Filler => PathOf("filler");

    public string PathOf(string relative) => System.IO.Path.Combine(Path, relative);

    /// <summary>Takes all the room but a rest.</summary>
    public void Fill(int rest)
    {
        var free = new DriveInfo(Path).AvailableFreeSpace;
        File.WriteAllBytes(Filler, new byte[free - rest]);
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        Tool("umount", Path);
        _folder.Dispose();
    }

    private static void Tool(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
