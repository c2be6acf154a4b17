using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Tuf;

namespace Kfm.Provenance.Tests.Tuf;

public sealed class TufTargetTests : TufFixture
{
    [Theory]
    [InlineData("target_file.txt")]
    [InlineData("path/to/a/target_file.txt")]
    [InlineData("with space/ü?#.txt")]
    public async Task Target_is_downloaded_and_then_kept(string path)
    {
        Repository.AddTarget("targets", path, "content");
        Repository.PublishTargets("targets");

        Assert.Equal("content"u8.ToArray(), await DownloadAsync(path));
        Repository.Targets.Clear();
        Assert.Equal("content"u8.ToArray(), await DownloadAsync(path));
    }

    [Theory]
    [InlineData("substitute of another length", TufFailure.Length)]
    [InlineData("CONTENT", TufFailure.Hash)]
    [InlineData("short", TufFailure.Length)]
    public async Task Substituted_target_is_refused_and_not_kept(string substitute, TufFailure failure)
    {
        Repository.AddTarget("targets", "file", "content");
        Repository.PublishTargets("targets");
        Repository.Targets["file"] = Encoding.UTF8.GetBytes(substitute);

        Assert.Equal(failure, (await Assert.ThrowsAsync<TufException>(() => DownloadAsync("file"))).Failure);

        Repository.Targets["file"] = "content"u8.ToArray();
        Assert.Equal("content"u8.ToArray(), await DownloadAsync("file"));
    }

    [Fact]
    public async Task Target_that_changes_is_downloaded_again_and_a_forged_one_never()
    {
        Repository.AddTarget("targets", "file", "first");
        Repository.PublishTargets("targets");
        Assert.Equal("first"u8.ToArray(), await DownloadAsync("file"));
        for (var i = 0; i < 11; i++)
        {
            Repository.AddTarget("targets", "file", $"content {i}");
            Repository.AddTarget("targets", $"new-{i}", $"new {i}");
            Repository.PublishTargets("targets");
            if (i % 5 != 0)
            {
                continue;
            }

            Assert.Equal($"content {i}", Encoding.UTF8.GetString((await DownloadAsync("file"))!));
            Assert.Equal($"new {i}", Encoding.UTF8.GetString((await DownloadAsync($"new-{i}"))!));
            Repository.Targets["file"] = Encoding.UTF8.GetBytes($"forged {i}!");
            Repository.PublishTargets("targets");
            Assert.Equal($"content {i}", Encoding.UTF8.GetString((await DownloadAsync("file"))!));
        }
    }

    [Fact]
    public async Task Missing_target_is_said_to_be_missing()
    {
        Repository.AddTarget("targets", "file", "content");
        Repository.PublishTargets("targets");
        Repository.Targets.Clear();

        Assert.Equal(TufFailure.NotFound, (await Assert.ThrowsAsync<TufException>(() => DownloadAsync("file"))).Failure);
    }

    [Fact]
    public async Task Target_above_the_limit_is_not_asked_for()
    {
        Repository.AddTarget("targets", "file", new string('x', 2000));
        Repository.PublishTargets("targets");
        var client = Client(options: new TufOptions { MaxTargetFileBytes = 1000 });
        var target = await client.FindTargetAsync("file");

        Assert.Equal(TufFailure.Length, (await Assert.ThrowsAsync<TufException>(() => client.DownloadTargetAsync(target!))).Failure);
        Assert.DoesNotContain(Repository.Asked, n => n.StartsWith("targets/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"sha256\":\"00\"}", 1, TufFailure.Hash)]
    [InlineData("{\"blake2\":\"00\"}", 1, TufFailure.Format)]
    [InlineData("{}", 1, TufFailure.Format)]
    [InlineData("{\"sha256\":\"00\"}", -1, TufFailure.Format)]
    public async Task Target_without_a_usable_hash_or_length_is_refused(string hashes, int length, TufFailure failure)
    {
        Repository.Targets["file"] = "x"u8.ToArray();
        Repository.Signed["targets"]["targets"]!["file"] = new JsonObject { ["length"] = length, ["hashes"] = JsonNode.Parse(hashes) };
        Repository.PublishTargets("targets");

        Assert.Equal(failure, (await Assert.ThrowsAsync<TufException>(() => DownloadAsync("file"))).Failure);
    }

    [Fact]
    public async Task Offline_client_works_from_the_cache_and_asks_nobody()
    {
        Repository.AddTarget("targets", "file", "content");
        Repository.PublishTargets("targets");
        Assert.Equal(TufFailure.NotFound, (await Assert.ThrowsAsync<TufException>(() => DownloadAsync("file", offline: true))).Failure);
        await DownloadAsync("file");
        Repository.Asked.Clear();

        Assert.Equal("content"u8.ToArray(), await DownloadAsync("file", offline: true));
        Assert.Empty(Repository.Asked);
    }

    [Fact]
    public async Task Offline_client_refuses_what_has_expired_unless_it_is_told_not_to()
    {
        Repository.AddTarget("targets", "file", "content");
        Repository.PublishTargets("targets");
        await DownloadAsync("file");
        Now = TufSimulator.Now.AddYears(7);

        Assert.Equal(TufFailure.Expired, (await Assert.ThrowsAsync<TufException>(() => DownloadAsync("file", offline: true))).Failure);
        Assert.NotNull(await Client(offline: true, new TufOptions { AllowExpired = true }).FindTargetAsync("file"));
    }

    [Fact]
    public async Task Offline_client_does_not_trust_a_changed_cache()
    {
        Repository.AddTarget("targets", "file", "content");
        Repository.PublishTargets("targets");
        await DownloadAsync("file");
        ChangeCache("targets/file", "CONTENT"u8.ToArray());
        Assert.Equal(TufFailure.NotFound, (await Assert.ThrowsAsync<TufException>(() => DownloadAsync("file", offline: true))).Failure);

        var changed = JsonNode.Parse(TrustedBytes("targets"))!;
        changed["signed"]!["targets"]!["file"]!["length"] = 8;
        ChangeCache("metadata/targets.json", Encoding.UTF8.GetBytes(changed.ToJsonString()));
        Assert.Equal(TufFailure.NotFound, (await Assert.ThrowsAsync<TufException>(() => DownloadAsync("file", offline: true))).Failure);
    }
}
