using Kfm.Provenance.Tuf;

namespace Kfm.Provenance.Tests.Tuf;

public sealed class TufRollbackTests : TufFixture
{
    [Fact]
    public async Task Timestamp_of_a_lower_version_is_refused()
    {
        Repository.UpdateTimestamp();
        await RefreshAsync();
        Repository.SetVersion("timestamp", 1);
        Repository.Publish("timestamp", bump: false);

        await RefusedAsync(TufFailure.Rollback, "timestamp");
        Assert.Equal(2, Trusted("timestamp"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Timestamp_of_a_lower_snapshot_is_refused(bool hashes)
    {
        Repository.WithHashes = hashes;
        Repository.UpdateSnapshot();
        await RefreshAsync();
        Repository.SetVersion("snapshot", 1);
        Repository.Publish("snapshot", bump: false);
        Repository.UpdateTimestamp();
        Repository.Asked.Clear();

        await RefusedAsync(TufFailure.Rollback, "timestamp");
        Assert.Equal((2, 2), (Trusted("timestamp"), Trusted("snapshot")));
        Assert.Equal("timestamp.json", Repository.Asked[^1]);
    }

    [Fact]
    public async Task Snapshot_that_changed_without_its_timestamp_is_not_asked_for()
    {
        Repository.UpdateSnapshot();
        await RefreshAsync();
        Repository.SetVersion("snapshot", 1);
        Repository.Publish("snapshot", bump: false);

        await RefreshAsync();

        Assert.Equal(2, Trusted("snapshot"));
        Assert.Equal("timestamp.json", Repository.Asked[^1]);
    }

    [Fact]
    public async Task Snapshot_of_another_version_than_timestamp_says_is_refused()
    {
        Repository.SetVersion("snapshot", 2);
        Repository.Publish("snapshot", bump: false);
        var other = Repository.Newest("snapshot");
        var swapped = new Swapped(Repository, "1.snapshot.json", other);

        var e = await Assert.ThrowsAsync<TufException>(() => new TufClient(Repository.FirstRoot, Cache, swapped, Clock).RefreshAsync());

        Assert.Equal((TufFailure.Version, "snapshot"), (e.Failure, e.Role));
        Assert.Equal((1, null), (Trusted("timestamp"), Trusted("snapshot")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Snapshot_that_takes_targets_back_is_refused(bool hashes)
    {
        Repository.WithHashes = hashes;
        Repository.PublishTargets("targets");
        await RefreshAsync();
        Repository.SetVersion("targets", 1);
        Repository.Publish("targets", bump: false);
        Repository.UpdateSnapshot();

        await RefusedAsync(TufFailure.Rollback, "snapshot");
        Assert.Equal((2, 2), (Trusted("snapshot"), Trusted("targets")));
    }

    [Fact]
    public async Task Snapshot_that_no_longer_lists_a_role_is_refused()
    {
        Repository.AddDelegation("targets", "A");
        Repository.PublishTargets("A", "targets");
        await RefreshAsync();
        Repository.Signed["snapshot"]["meta"]!.AsObject().Remove("A.json");
        Repository.Publish("snapshot");
        Repository.UpdateTimestamp();

        await RefusedAsync(TufFailure.Rollback, "snapshot");
    }

    [Fact]
    public async Task Damaged_old_snapshot_does_not_stop_an_update_by_hash()
    {
        Repository.WithHashes = true;
        Repository.UpdateSnapshot();
        await RefreshAsync();
        Repository.PublishTargets("targets");

        await RefreshAsync();

        Assert.Equal((3, 2), (Trusted("snapshot"), Trusted("targets")));
    }

    [Fact]
    public async Task Targets_that_ran_ahead_come_back_with_new_snapshot_keys()
    {
        Repository.SetVersion("targets", 99);
        Repository.PublishTargets("targets");
        await RefreshAsync();
        Assert.Equal(100, Trusted("targets"));

        Repository.RotateKeys("snapshot");
        Repository.Publish("root");
        Repository.SetVersion("targets", 1);
        Repository.PublishTargets("targets");
        await RefreshAsync();

        Assert.Equal(2, Trusted("targets"));
    }

    [Fact]
    public async Task Snapshot_that_ran_ahead_comes_back_with_new_snapshot_and_timestamp_keys()
    {
        Repository.SetVersion("snapshot", 99_999);
        Repository.UpdateSnapshot();
        await RefreshAsync();
        Assert.Equal(100_000, Trusted("snapshot"));

        Repository.RotateKeys("snapshot");
        Repository.RotateKeys("timestamp");
        Repository.Publish("root");
        Repository.SetVersion("snapshot", 1);
        Repository.Publish("snapshot", bump: false);
        Repository.UpdateTimestamp();
        await RefreshAsync();

        Assert.Equal(1, Trusted("snapshot"));
    }

    [Fact]
    public async Task Timestamp_that_ran_ahead_comes_back_with_new_keys()
    {
        Repository.SetVersion("timestamp", 99);
        Repository.Publish("timestamp");
        await RefreshAsync();
        Assert.Equal(100, Trusted("timestamp"));

        Repository.RotateKeys("timestamp");
        Repository.Publish("root");
        Repository.SetVersion("timestamp", 1);
        Repository.Publish("timestamp", bump: false);
        await RefreshAsync();

        Assert.Equal(1, Trusted("timestamp"));
    }

    private static Kfm.Testing.SteppingTimeProvider Clock => new(TufSimulator.Now, TimeSpan.Zero);

    /// <summary>Serves other bytes under one name.</summary>
    private sealed class Swapped(TufSimulator repository, string name, byte[] bytes) : ITufRepository
    {
        public Task<byte[]?> ReadMetadataAsync(string asked, int limit, CancellationToken cancellationToken) =>
            asked == name ? Task.FromResult<byte[]?>(bytes) : repository.ReadMetadataAsync(asked, limit, cancellationToken);

        public Task<byte[]?> ReadTargetAsync(string path, int limit, CancellationToken cancellationToken) =>
            repository.ReadTargetAsync(path, limit, cancellationToken);
    }
}
