using Kfm.Ledger.Witnesses;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Tests.Witnesses;

public sealed class CosigningTests : IDisposable
{
    private readonly LogFixture _fixture = new();
    private readonly WitnessFixture _witnesses;

    public CosigningTests() => _witnesses = new WitnessFixture(_fixture.Verifier);

    public void Dispose()
    {
        _witnesses.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task Growing_log_is_cosigned_by_all_and_its_proofs_verify_offline()
    {
        using var log = _fixture.Open();
        for (var round = 0; round < 4; round++)
        {
            log.Append([.. Enumerable.Range(round * 100, 100).Select(i => LogFixture.Entry(i))]);
            var result = await log.CosignAsync(_witnesses.Settings(0, 1, 2));
            Assert.True(result.IsQuorum, string.Join('\n', result.Failures));
            var checkpoint = _witnesses.Policy.Verify(result.Note!);
            Assert.Equal(["w0", "w1", "w2"], checkpoint.Witnesses);
            Assert.Equal((ulong)(round + 1) * 100, checkpoint.Checkpoint!.Size);
            Assert.Equal(result.Note, log.Checkpoint());
            Assert.Equal(result.Note, File.ReadAllText(_fixture.Path + ".checkpoint"));
        }

        var proof = TlogProof.Parse(log.ProveInclusion(123).ToString());
        Assert.True(proof.Verify(LogFixture.Entry(123).ToBytes(), _witnesses.Policy).IsVerified);
        Assert.False(proof.Verify(LogFixture.Entry(124).ToBytes(), _witnesses.Policy).IsVerified);
        Assert.True(proof.Verify(LogFixture.Entry(123).ToBytes(), LogFixture.Origin, _fixture.Verifier).IsVerified);
    }

    [Fact]
    public async Task Quorum_decides_unless_the_log_may_publish_without_it()
    {
        using var log = _fixture.Open();
        log.Append([LogFixture.Entry(0)]);
        Assert.True((await log.CosignAsync(_witnesses.Settings(0, 2))).IsQuorum);
        log.Append([LogFixture.Entry(1)]);
        var alone = await log.CosignAsync(_witnesses.Settings(1));
        Assert.False(alone.IsQuorum);
        Assert.Null(alone.Note);
        Assert.Equal(["w0", "w2"], alone.Failures.Keys.Order(StringComparer.Ordinal));
        var open = await log.CosignAsync(_witnesses.Settings(1) with { PublishWithoutQuorum = true });
        Assert.False(open.IsQuorum);
        Assert.Contains("no quorum", _witnesses.Policy.Verify(open.Note!).Reason, StringComparison.Ordinal);
        Assert.True((await log.CosignAsync(_witnesses.Settings(0, 1))).IsQuorum);
    }

    [Fact]
    public async Task Log_that_shows_two_histories_is_found_out()
    {
        using (var log = _fixture.Open())
        {
            log.Append([.. Enumerable.Range(0, 20).Select(i => LogFixture.Entry(i))]);
            Assert.True((await log.CosignAsync(_witnesses.Settings(0, 1, 2))).IsQuorum);
        }

        // Whoever has the key of the log begins again, and shows another history to some.
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_fixture.Path)!))
        {
            File.Delete(file);
        }

        using var forged = _fixture.Open();
        foreach (var size in (int[])[20, 21, 300])
        {
            forged.Append([.. Enumerable.Range((int)forged.Size, size - (int)forged.Size).Select(i => LogFixture.Entry(i + 1000))]);
            var result = await forged.CosignAsync(_witnesses.Settings(0, 1, 2));
            Assert.Null(result.Note);
            Assert.Equal(3, result.Failures.Count);
            Assert.All(result.Failures.Values, f => Assert.Contains("422", f, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Two_views_of_one_log_never_both_get_a_quorum()
    {
        using var other = new LogFixture(_fixture.Key);
        using var one = _fixture.Open();
        using var two = other.Open();
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            one.Append([LogFixture.Entry(round)]);
            two.Append([LogFixture.Entry(1000 + round)]);
            var first = await one.CosignAsync(_witnesses.Settings(Some(random)));
            var second = await two.CosignAsync(_witnesses.Settings(Some(random)));
            Assert.False(first.IsQuorum && second.IsQuorum, $"round {round}");
        }
    }

    [Fact]
    public async Task Witness_over_http_is_asked_as_one_in_the_process()
    {
        using var log = _fixture.Open();
        log.Append([.. Enumerable.Range(0, 5).Select(i => LogFixture.Entry(i))]);
        using var server = new WitnessHost(_witnesses.Witnesses[0]);
        using var client = new HttpClient();
        var settings = _witnesses.Settings(1) with
        {
            Endpoints = new Dictionary<string, IWitnessEndpoint>(StringComparer.Ordinal)
            {
                ["w0"] = new HttpWitness(client, server.Address),
                ["w1"] = new HttpWitness(client, new Uri("http://127.0.0.1:9/nobody/")),
                ["w2"] = _witnesses.Witnesses[2],
            },
        };
        foreach (var more in (int[])[0, 3])
        {
            log.Append([.. Enumerable.Range(5, more).Select(i => LogFixture.Entry(i))]);
            var result = await log.CosignAsync(settings);
            Assert.True(result.IsQuorum, string.Join('\n', result.Failures));
            Assert.Contains("cannot be reached", result.Failures["w1"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "\u2014 witness.example/1 AAAAAAAAAAAA\n")]
    [InlineData(409, "no size")]
    [InlineData(409, "18446744073709551615\n")]
    [InlineData(503, "later")]
    public async Task Witness_that_answers_nonsense_does_not_count(int status, string body)
    {
        using var log = _fixture.Open();
        log.Append([LogFixture.Entry(0)]);
        var settings = _witnesses.Settings(0, 2) with
        {
            Endpoints = new Dictionary<string, IWitnessEndpoint>(_witnesses.Settings(0, 2).Endpoints, StringComparer.Ordinal) { ["w1"] = new Nonsense(status, body) },
        };
        var result = await log.CosignAsync(settings);
        Assert.True(result.IsQuorum);
        Assert.Equal("w1", Assert.Single(result.Failures).Key);
    }

    private static int[] Some(Random random) => [.. Enumerable.Range(0, 3).Where(_ => random.Next(3) > 0)];

    private sealed class Nonsense(int status, string body) : IWitnessEndpoint
    {
        public Task<WitnessResponse> AddCheckpointAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken) =>
            Task.FromResult(new WitnessResponse(status, "text/plain", body));
    }
}
