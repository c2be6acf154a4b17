using System.Diagnostics;
using System.Net.Sockets;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Manifests;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Manifests;

public sealed class RegularFileTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TemporaryDirectory _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("content")]
    public void File_is_read(string text)
    {
        var path = _folder.Write("a", text);
        Assert.True(RegularFile.Exists(path));
        Assert.Equal(text, System.Text.Encoding.UTF8.GetString(RegularFile.Read(path, 7)));
    }

    [Fact]
    public void File_above_the_limit_is_refused()
    {
        var exception = Assert.Throws<RegularFileException>(() => RegularFile.Read(_folder.Write("a", "12345678"), 7));
        Assert.Equal("is larger than 7 bytes", exception.Reason);
    }

    [Fact]
    public void Folder_link_and_nothing_are_not_regular()
    {
        _folder.Write("a", "a");
        File.CreateSymbolicLink(_folder.Combine("link"), "a");
        File.CreateSymbolicLink(_folder.Combine("torn"), "gone");
        foreach (var name in new[] { "link", "torn", "gone", "." })
        {
            Assert.False(RegularFile.Exists(_folder.Combine(name)), name);
            Assert.Throws<RegularFileException>(() => RegularFile.OpenRead(_folder.Combine(name)));
        }
    }

    public static TheoryData<string> Special => ["pipe", "pipe without permissions", "socket", "link to a pipe", "device"];

    [Theory]
    [MemberData(nameof(Special))]
    public async Task Special_file_is_never_opened(string kind)
    {
        var path = Make(kind);
        await InTimeAsync(() =>
        {
            Assert.False(RegularFile.Exists(path));
            Assert.Throws<RegularFileException>(() => RegularFile.Read(path, 10));
        });
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("socket")]
    public async Task Tree_with_a_special_file_has_no_manifest_and_no_sums(string kind)
    {
        _folder.Write("a", "a");
        Make(kind);
        await InTimeAsync(() =>
        {
            Assert.Throws<RegularFileException>(() => ArtifactManifest.OfDirectory(_folder.Path));
            Assert.Throws<RegularFileException>(() => Sha256Sums.OfDirectory(_folder.Path));
        });
    }

    [Fact]
    public async Task Pipe_in_place_of_a_listed_empty_file_is_a_difference()
    {
        var empty = Digest.Of([]);
        Make("pipe");
        var sums = new Sha256Sums([new Sha256Sum("special", empty)]);
        await InTimeAsync(() => Assert.Equal(["changed special: is not a regular file"], sums.Verify(_folder.Path).Select(d => d.ToString())));
        await InTimeAsync(() => Assert.Equal(["extra special"], new Sha256Sums([]).Verify(_folder.Path).Select(d => d.ToString())));
    }

    private string Make(string kind)
    {
        var path = _folder.Combine("special");
        switch (kind)
        {
            case "device":
                return "/dev/zero";
            case "socket":
                _socket.Bind(new UnixDomainSocketEndPoint(path));
                return path;

            default:
                using (var process = Process.Start("mkfifo", kind == "pipe without permissions" ? ["-m", "0", path] : [path]))
                {
                    process.WaitForExit();
                    Assert.Equal(0, process.ExitCode);
                }

                return kind == "link to a pipe" ? File.CreateSymbolicLink(_folder.Combine("link"), "special").FullName : path;
        }
    }

    // What blocks would block for ever: the limit only tells a hang from a slow machine.
    private static Task InTimeAsync(Action read) => Task.Run(read).WaitAsync(Limit);
}
