using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Tuf;

namespace Kfm.Provenance.Tests.Tuf;

public sealed class TufBasicTests : TufFixture
{
    private static readonly string[] FirstUpdate = ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"];

    [Fact]
    public async Task First_update_asks_for_each_role_once()
    {
        await RefreshAsync();

        Assert.Equal(FirstUpdate, Repository.Asked);
        Assert.Equal([null, 1, 1, 1], new[] { "root", "timestamp", "snapshot", "targets" }.Select(Trusted));
    }

    [Fact]
    public async Task Search_before_a_refresh_refreshes()
    {
        Assert.Null(await DownloadAsync("nothing"));

        Assert.Equal(FirstUpdate, Repository.Asked);
    }

    [Fact]
    public async Task Second_update_asks_only_for_root_and_timestamp()
    {
        await RefreshAsync();
        Repository.Asked.Clear();

        await RefreshAsync();

        Assert.Equal(["2.root.json", "timestamp.json"], Repository.Asked);
    }

    [Fact]
    public async Task Repository_without_consistent_snapshots_is_asked_for_plain_names()
    {
        Repository.Signed["root"]["consistent_snapshot"] = false;
        Repository.ForgetRoots();
        Repository.Publish("root");

        await RefreshAsync();

        Assert.Equal(["2.root.json", "timestamp.json", "snapshot.json", "targets.json"], Repository.Asked);
    }

    [Theory]
    [InlineData("version", null)]
    [InlineData("version", "0")]
    [InlineData("version", "1.5")]
    [InlineData("_type", "\"timestamp\"")]
    [InlineData("spec_version", "\"2.0\"")]
    [InlineData("expires", "\"tomorrow\"")]
    [InlineData("roles", "{}")]
    [InlineData("keys", "[]")]
    public async Task Trusted_root_that_is_not_one_is_refused_before_anything_is_asked(string member, string? value)
    {
        var root = JsonNode.Parse(Repository.FirstRoot)!;
        if (value is null)
        {
            root["signed"]!.AsObject().Remove(member);
        }
        else
        {
            root["signed"]![member] = JsonNode.Parse(value);
        }

        TrustedRoot = Encoding.UTF8.GetBytes(root.ToJsonString());

        await RefusedAsync(TufFailure.Format, "root");
        Assert.Empty(Repository.Asked);
    }

    [Fact]
    public async Task Trusted_root_with_a_wrong_signature_is_refused_before_anything_is_asked()
    {
        var root = JsonNode.Parse(Repository.FirstRoot)!;
        root["signatures"]![0]!["sig"] = new TestKey().Sign([1]);
        TrustedRoot = Encoding.UTF8.GetBytes(root.ToJsonString());

        await RefusedAsync(TufFailure.Threshold, "root");
        Assert.Empty(Repository.Asked);
    }

    [Fact]
    public async Task Members_that_the_specification_does_not_know_are_signed_with_the_rest()
    {
        await RefreshAsync();
        var root = Repository.Signed["root"];
        root["custom-field"] = "a \"text\" with a \\ and é";
        root["roles"]!["root"]!["another-field"] = "value";
        root["keys"]!.AsObject().First().Value!["extra-field"] = new JsonObject { ["a"] = 1, ["b"] = new JsonArray(1, true, null) };
        Repository.Publish("root");

        await RefreshAsync();

        Assert.Equal(2, Trusted("root"));
    }

    [Fact]
    public async Task Timestamp_with_other_content_and_the_same_version_is_not_taken()
    {
        await RefreshAsync();
        var before = TrustedBytes("timestamp");
        Repository.Signed["timestamp"]["meta"]!["snapshot.json"]!["version"] = 100;
        Repository.Publish("timestamp", bump: false);

        await RefreshAsync();

        Assert.Equal(before, TrustedBytes("timestamp"));
    }

    [Fact]
    public async Task Targets_that_differ_from_the_hash_in_snapshot_are_refused()
    {
        Repository.WithHashes = true;
        Repository.UpdateSnapshot();
        await RefreshAsync();
        Repository.Publish("targets");
        Repository.Signed["snapshot"]["meta"]!["targets.json"]!["version"] = Repository.Version("targets");
        Repository.Publish("snapshot");
        Repository.UpdateTimestamp();

        var e = await Assert.ThrowsAsync<TufException>(RefreshAsync);

        Assert.Contains(e.Failure, new[] { TufFailure.Hash, TufFailure.Length });
        Assert.Equal((3, 1), (Trusted("snapshot"), Trusted("targets")));
    }

    [Fact]
    public async Task Snapshot_without_the_targets_role_is_refused()
    {
        Repository.Signed["snapshot"]["meta"]!.AsObject().Remove("targets.json");
        Repository.Publish("snapshot");
        Repository.UpdateTimestamp();

        await RefusedAsync(TufFailure.NotFound, "targets");
    }

    [Fact]
    public async Task Damaged_cache_is_fetched_anew()
    {
        await RefreshAsync();
        foreach (var role in new[] { "timestamp", "snapshot", "targets" })
        {
            ChangeCache($"metadata/{role}.json", "{}"u8.ToArray());
        }

        await RefreshAsync();

        Assert.Equal([1, 1, 1], new[] { "timestamp", "snapshot", "targets" }.Select(Trusted));
    }
}
