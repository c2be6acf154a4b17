using Kfm.Provenance.Tuf;

namespace Kfm.Provenance.Tests.Tuf;

public sealed class TufExpiryTests : TufFixture
{
    private static readonly DateTimeOffset Yesterday = TufSimulator.Now.AddDays(-1);

    [Fact]
    public async Task Expired_root_is_kept_and_nothing_after_it_is_read()
    {
        await RefreshAsync();
        Repository.Publish("root");
        await RefreshAsync();
        Repository.Expire("root", Yesterday);
        Repository.Publish("root");
        Repository.PublishTargets("targets");

        await RefusedAsync(TufFailure.Expired, "root");
        Assert.Equal((3, 1, 1), (Trusted("root"), Trusted("timestamp"), Trusted("snapshot")));
    }

    [Fact]
    public async Task Expired_root_between_two_others_is_walked_through()
    {
        Repository.Expire("root", Yesterday);
        Repository.Publish("root");
        Repository.Expire("root", TufSimulator.Now.AddDays(9));
        Repository.Publish("root");

        await RefreshAsync();

        Assert.Equal(3, Trusted("root"));
    }

    [Fact]
    public async Task Expired_timestamp_is_refused_and_not_kept()
    {
        await RefreshAsync();
        Repository.Expire("timestamp", Yesterday);
        Repository.UpdateTimestamp();

        await RefusedAsync(TufFailure.Expired, "timestamp");
        Assert.Equal(1, Trusted("timestamp"));
    }

    [Theory]
    [InlineData("snapshot")]
    [InlineData("targets")]
    public async Task Expired_role_is_refused_and_not_kept(string role)
    {
        await RefreshAsync();
        Repository.Expire(role, Yesterday);
        Repository.PublishTargets("targets");

        await RefusedAsync(TufFailure.Expired, role);
        Assert.Equal(1, Trusted(role));
    }

    [Fact]
    public async Task Time_of_expiry_itself_is_too_late()
    {
        Repository.Expire("timestamp", TufSimulator.Now);
        Repository.UpdateTimestamp();

        await RefusedAsync(TufFailure.Expired, "timestamp");
    }

    [Fact]
    public async Task Expired_timestamp_in_the_cache_gives_way_to_a_newer_one()
    {
        Repository.Expire("timestamp", TufSimulator.Now.AddDays(7));
        Repository.UpdateTimestamp();
        await RefreshAsync();
        Repository.Expire("timestamp", TufSimulator.Now.AddDays(21));
        Repository.PublishTargets("targets");

        Now = TufSimulator.Now.AddDays(18);
        await RefreshAsync();

        Assert.Equal((3, 2, 2), (Trusted("timestamp"), Trusted("snapshot"), Trusted("targets")));
    }

    [Fact]
    public async Task Expired_timestamp_in_the_cache_still_stops_a_rollback()
    {
        Repository.Expire("timestamp", TufSimulator.Now.AddDays(7));
        Repository.SetVersion("timestamp", 4);
        Repository.UpdateTimestamp();
        await RefreshAsync();
        Repository.Expire("timestamp", TufSimulator.Now.AddDays(21));
        Repository.SetVersion("timestamp", 3);
        Repository.Publish("timestamp", bump: false);

        Now = TufSimulator.Now.AddDays(18);

        await RefusedAsync(TufFailure.Rollback, "timestamp");
    }

    [Fact]
    public async Task Delegated_role_that_is_expired_ends_the_search()
    {
        Repository.AddDelegation("targets", "delegated", false, "path/*");
        Repository.AddTarget("delegated", "path/target", "content");
        Repository.Expire("delegated", Yesterday);
        Repository.PublishTargets("delegated", "targets");
        await RefreshAsync();

        var e = await Assert.ThrowsAsync<TufException>(() => DownloadAsync("path/target"));

        Assert.Equal((TufFailure.Expired, "delegated"), (e.Failure, e.Role));
        Assert.Null(Trusted("delegated"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delegated_role_that_expires_in_the_cache_is_used_no_more(bool renewed)
    {
        Repository.AddDelegation("targets", "delegated", false, "path/*");
        Repository.AddTarget("delegated", "path/first", "first");
        Repository.AddTarget("delegated", "path/second", "second");
        Repository.Expire("delegated", TufSimulator.Now.AddDays(7));
        Repository.PublishTargets("delegated", "targets");
        Assert.Equal("first"u8.ToArray(), await DownloadAsync("path/first"));
        if (renewed)
        {
            Repository.Expire("delegated", TufSimulator.Now.AddDays(21));
            Repository.PublishTargets("delegated");
        }

        Now = TufSimulator.Now.AddDays(18);

        if (renewed)
        {
            Assert.Equal("second"u8.ToArray(), await DownloadAsync("path/second"));
        }
        else
        {
            Assert.Equal(TufFailure.Expired, (await Assert.ThrowsAsync<TufException>(() => DownloadAsync("path/second"))).Failure);
        }
    }
}
