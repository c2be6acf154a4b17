using System.Net;
using System.Text.Json.Nodes;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.LedgerServer.Tests;

public sealed class ApiTests(ServedLedger ledger) : IClassFixture<ServedLedger>
{
    [Fact]
    public async Task Log_tells_origin_size_and_checkpoints()
    {
        var log = await JsonAsync("api/log");

        Assert.Equal(ServedLedger.Origin, (string)log["origin"]!);
        Assert.Equal(17, (int)log["size"]!);
        Assert.Equal(ledger.VerifierKey, (string)log["verifierKey"]!);
        Assert.Equal([8, 17], log["checkpoints"]!.AsArray().Select(c => (int)c!["size"]!));
    }

    [Fact]
    public async Task Lineage_of_an_incident_leads_to_its_intents()
    {
        var view = await JsonAsync($"lineage?nodeId=entry:{ledger.Index["b.incident"]}&depth=20");

        Assert.Equal(
            ["intent", "design", "patch", "build", "qa", "decision", "approval", "deployment", "incident"],
            view["nodes"]!.AsArray().Select(n => (string)n!["kind"]!).Distinct());
        Assert.Equal(16, view["nodes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Lineage_finds_a_thing_by_kind_and_digest()
    {
        var view = await JsonAsync($"lineage?nodeId=intent:{ServedLedger.DigestOf("a.intent")}&upstream=0&downstream=2");

        Assert.Equal(["a.intent", "a.design", "a.patch"], Names(view["nodes"]!.AsArray().Select(n => (long)n!["index"]!)));
    }

    [Fact]
    public async Task Lineage_as_of_an_older_size_does_not_know_what_came_later()
    {
        var view = await JsonAsync($"lineage?nodeId=entry:{ledger.Index["a.approval"]}&upstream=0&downstream=9&asOf=8");

        Assert.Equal(["a.approval", "a.deployment"], Names(view["nodes"]!.AsArray().Select(n => (long)n!["index"]!)));
    }

    [Fact]
    public async Task Causes_and_path_name_the_way_from_an_intent_to_the_incident()
    {
        var incident = ledger.Index["b.incident"];
        var causes = await JsonAsync($"api/causes?nodeId=entry:{incident}");
        Assert.Equal(["a.intent", "b.intent"], Names(causes["paths"]!.AsArray().Select(p => (long)p![0]!)).Order(StringComparer.Ordinal));

        var path = await JsonAsync($"api/path?from=entry:{incident}&to=entry:{ledger.Index["b.intent"]}");
        Assert.Equal(
            ["b.intent", "b.design", "b.patch", "b.build", "b.qa", "b.decision", "b.approval", "b.deployment", "b.incident"],
            Names(path["path"]!.AsArray().Select(i => (long)i!)));
    }

    [Fact]
    public async Task Diff_of_two_deployments_names_what_only_one_of_them_has()
    {
        var diff = await JsonAsync($"api/diff?left=entry:{ledger.Index["a.deployment"]}&right=entry:{ledger.Index["b.deployment"]}");

        Assert.Empty(diff["onlyLeft"]!.AsArray());
        Assert.Equal(7, diff["onlyRight"]!.AsArray().Count);
        Assert.Equal(7, (int)diff["common"]!);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(8)]
    public async Task Proof_that_was_downloaded_verifies_offline(int? size)
    {
        var entry = await JsonAsync("api/entries/3");
        var proof = TlogProof.Parse(await ledger.Http.GetStringAsync("api/entries/3/proof" + (size is null ? "" : $"?size={size}")));

        var result = proof.Verify(System.Text.Encoding.UTF8.GetBytes((string)entry["raw"]!), ServedLedger.Origin, NoteVerifier.Parse(ledger.VerifierKey));

        Assert.True(result.IsVerified, result.Reason);
    }

    [Theory]
    [InlineData("lineage?nodeId=entry:99", HttpStatusCode.NotFound)]
    [InlineData("lineage?nodeId=entry:-1", HttpStatusCode.NotFound)]
    [InlineData("lineage?nodeId=nothing", HttpStatusCode.NotFound)]
    [InlineData("lineage", HttpStatusCode.BadRequest)]
    [InlineData("lineage?nodeId=entry:1&depth=100000", HttpStatusCode.BadRequest)]
    [InlineData("lineage?nodeId=entry:1&depth=x", HttpStatusCode.BadRequest)]
    [InlineData("api/entries/99", HttpStatusCode.NotFound)]
    [InlineData("api/entries/1/proof?size=5", HttpStatusCode.NotFound)]
    [InlineData("api/entries/12/proof?size=8", HttpStatusCode.NotFound)]
    [InlineData("api/entries?count=100000", HttpStatusCode.BadRequest)]
    [InlineData("api/entries?kind=7", HttpStatusCode.BadRequest)]
    [InlineData("nothing", HttpStatusCode.NotFound)]
    public async Task Bad_question_is_answered_with_its_reason(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await ledger.Http.GetAsync(path)).StatusCode);

    [Fact]
    public async Task Entries_are_paged_from_the_newest_back()
    {
        var first = await JsonAsync("api/entries?count=10");
        var second = await JsonAsync($"api/entries?count=10&before={first["next"]}");

        Assert.Equal(Enumerable.Range(0, 17).Reverse(), new[] { first, second }.SelectMany(p => p["entries"]!.AsArray()).Select(e => (int)e!["index"]!));
        Assert.Null(second["next"]);
        Assert.Equal(2, (await JsonAsync("api/entries?kind=deployment"))["entries"]!.AsArray().Count);
    }

    [Fact]
    public async Task Tiles_and_bundles_lead_to_the_root_of_the_checkpoint()
    {
        var note = await ledger.Http.GetStringAsync("checkpoint");
        var checkpoint = Checkpoint.Parse(note[..(note.IndexOf("\n\n", StringComparison.Ordinal) + 1)]);
        var tile = await ledger.Http.GetByteArrayAsync("tile/0/000.p/17");
        var bundle = Kfm.Ledger.Tiles.EntryBundle.TryRead(await ledger.Http.GetByteArrayAsync("tile/entries/000.p/17"))!;

        var range = new CompactRange();
        foreach (var entry in bundle)
        {
            range.Append(MerkleHash.Leaf(entry.Span));
        }

        Assert.Equal(17ul, checkpoint.Size);
        Assert.Equal(checkpoint.Root, range.Root());
        Assert.Equal(bundle.SelectMany(e => Convert.FromHexString(MerkleHash.Leaf(e.Span).ToDigest().Hex)), tile);
    }

    [Theory]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/001.p/1")]
    [InlineData("tile/entries/000.p/18")]
    [InlineData("tile/0/0.p/1")]
    [InlineData("tile/9/000.p/1")]
    [InlineData("tile/-1/000.p/1")]
    [InlineData("tile/0/../../etc/passwd")]
    public async Task Tile_that_the_log_does_not_have_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await ledger.Http.GetAsync(path)).StatusCode);

    [Fact]
    public async Task Witness_cosigns_and_answers_a_split_view_with_a_conflict()
    {
        // The log of this server, witnessed by itself.
        var note = await ledger.Http.GetStringAsync("checkpoint");
        var first = await ledger.Http.PostAsync("add-checkpoint", new StringContent($"old 0\n\n{note}"));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.StartsWith("\u2014 witness.example.com/w1 ", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var again = await ledger.Http.PostAsync("add-checkpoint", new StringContent($"old 0\n\n{note}"));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("17\n", await again.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await ledger.Http.PostAsync("add-checkpoint", new StringContent("nonsense"))).StatusCode);
    }

    [Fact]
    public async Task Health_and_metrics_tell_that_the_log_can_be_read()
    {
        Assert.Equal("ready, 17 entries\n", await ledger.Http.GetStringAsync("health/ready"));

        var metrics = await ledger.Http.GetStringAsync("metrics");

        Assert.Contains("\nkfm_ledger_entries 17\n", metrics, StringComparison.Ordinal);
        Assert.Contains("kfm_http_requests_total{route=\"/health/ready\",status=\"200\"}", metrics, StringComparison.Ordinal);
    }

    private async Task<JsonObject> JsonAsync(string path) => JsonNode.Parse(await ledger.Http.GetStringAsync(path))!.AsObject();

    private IEnumerable<string> Names(IEnumerable<long> indexes) => indexes.Select(i => ledger.Index.Single(n => n.Value == i).Key);
}
