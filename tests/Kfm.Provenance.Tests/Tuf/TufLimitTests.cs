using System.Text;
using Kfm.Provenance.Tuf;

namespace Kfm.Provenance.Tests.Tuf;

public sealed class TufLimitTests : TufFixture
{
    public static TheoryData<string, TufOptions> Limits => new()
    {
        { "root", new TufOptions { MaxRootBytes = 100 } },
        { "timestamp", new TufOptions { MaxTimestampBytes = 100 } },
        { "snapshot", new TufOptions { MaxSnapshotBytes = 100 } },
        { "targets", new TufOptions { MaxTargetsBytes = 100 } },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Metadata_above_its_limit_is_refused(string role, TufOptions options)
    {
        Repository.Publish("root");

        var e = await Assert.ThrowsAsync<TufException>(() => Client(options: options).RefreshAsync());

        Assert.Equal(TufFailure.Length, e.Failure);
        Assert.Contains(role, e.Role, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Length_in_metadata_does_not_lift_a_limit(string role, TufOptions options)
    {
        Repository.WithHashes = true;
        Repository.Publish("root");
        Repository.UpdateSnapshot();

        var e = await Assert.ThrowsAsync<TufException>(() => Client(options: options).RefreshAsync());

        Assert.Contains(role, e.Role, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_walks_through_no_more_roots_than_its_limit()
    {
        for (var i = 0; i < 5; i++)
        {
            Repository.Publish("root");
        }

        await Client(options: new TufOptions { MaxRootRotations = 3 }).RefreshAsync();
        Assert.Equal(4, Trusted("root"));

        // The next update starts from the trusted root again, through the roots that were kept.
        await RefreshAsync();
        Assert.Equal(6, Trusted("root"));
    }

    [Fact]
    public async Task Root_of_a_version_that_was_not_asked_for_is_refused()
    {
        Repository.SetVersion("root", 2);
        Repository.Publish("root");
        var third = Repository.Newest("root");
        var lying = new Lying(Repository, third);

        var e = await Assert.ThrowsAsync<TufException>(() => new TufClient(Repository.FirstRoot, Cache, lying, new Kfm.Testing.SteppingTimeProvider(Now)).RefreshAsync());

        Assert.Equal((TufFailure.Version, "root"), (e.Failure, e.Role));
    }

    // Starts from files of a real repository, changes some bytes, and lets the client read them as each of the roles.
    [Fact]
    public async Task Damaged_metadata_never_throws_anything_else()
    {
        Repository.AddDelegation("targets", "A", false, "a/*");
        Repository.AddTarget("A", "a/b", "content");
        Repository.PublishTargets("A", "targets");
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var end = DateTime.UtcNow.AddSeconds(double.Parse(Environment.GetEnvironmentVariable("KFM_FUZZ_SECONDS") ?? "0.3", System.Globalization.CultureInfo.InvariantCulture));
        var rounds = 0;
        for (; DateTime.UtcNow < end; rounds++)
        {
            var victim = new[] { "2.root.json", "timestamp.json", "2.snapshot.json", "2.targets.json", "2.A.json" }[random.Next(5)];
            var mutating = new Mutating(Repository, victim, random);
            using var folder = new Kfm.Testing.TemporaryDirectory();
            var client = new TufClient(Repository.FirstRoot, new TufCache(folder.Path), mutating, new Kfm.Testing.SteppingTimeProvider(Now));
            try
            {
                await client.FindTargetAsync("a/b");
                Assert.True(mutating.Harmless, $"seed {seed}, round {rounds}: a damaged {victim} was accepted");
            }
            catch (TufException)
            {
                // What it must be.
            }
        }

        await Console.Out.WriteLineAsync($"fuzz tuf: {rounds} rounds, seed {seed}, no other exception");
    }

    private sealed class Lying(TufSimulator repository, byte[] root) : ITufRepository
    {
        public Task<byte[]?> ReadMetadataAsync(string name, int limit, CancellationToken cancellationToken) =>
            name.EndsWith(".root.json", StringComparison.Ordinal) ? Task.FromResult<byte[]?>(root) : repository.ReadMetadataAsync(name, limit, cancellationToken);

        public Task<byte[]?> ReadTargetAsync(string path, int limit, CancellationToken cancellationToken) => repository.ReadTargetAsync(path, limit, cancellationToken);
    }

    private sealed class Mutating(TufSimulator repository, string victim, Random random) : ITufRepository
    {
        public bool Harmless { get; private set; }

        public async Task<byte[]?> ReadMetadataAsync(string name, int limit, CancellationToken cancellationToken)
        {
            var source = name == "2.root.json" && victim == name ? "1.root.json" : name;
            var bytes = (await repository.ReadMetadataAsync(source, limit, cancellationToken))?.ToArray();
            if (bytes is null || name != victim)
            {
                return bytes;
            }

            var damaged = Mutate(bytes);

            // White space and the spelling of escapes are not signed.
            Harmless = Same(damaged, bytes);
            return damaged;
        }

        public Task<byte[]?> ReadTargetAsync(string path, int limit, CancellationToken cancellationToken) => repository.ReadTargetAsync(path, limit, cancellationToken);

        private static bool Same(byte[] left, byte[] right)
        {
            try
            {
                return System.Text.Json.Nodes.JsonNode.DeepEquals(Signed(left), Signed(right));
            }
            catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
            {
                return false;
            }
        }

        private static System.Text.Json.Nodes.JsonNode? Signed(byte[] bytes) => System.Text.Json.Nodes.JsonNode.Parse(Encoding.UTF8.GetString(bytes))?["signed"];

        private byte[] Mutate(byte[] bytes)
        {
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var at = random.Next(bytes.Length);
                bytes = random.Next(4) switch
                {
                    0 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 40))..]],
                    1 => [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]],
                    2 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
                    _ => [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[Math.Min(bytes.Length, at + 1)..]],
                };
                bytes = bytes.Length == 0 ? [0] : bytes;
            }

            return bytes;
        }
    }
}
