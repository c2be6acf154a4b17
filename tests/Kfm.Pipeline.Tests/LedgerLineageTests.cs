using System.Text.Json;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Lineage;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

[Collection(SharedDemo.Name)]
public sealed class LedgerLineageTests : IDisposable
{
    private readonly DemoRun _demo;
    private readonly TemporaryDirectory _folder = new();
    private readonly string _ledger;

    public LedgerLineageTests(DemoRun demo)
    {
        _demo = demo;
        _ledger = _folder.Combine("ledger.db");
        File.Copy(demo.Ledger, _ledger);
        File.Copy(demo.Ledger + ".checkpoint", _ledger + ".checkpoint");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_leaves_the_way_from_its_intent_to_its_decision_with_model_and_prompt()
    {
        var decision = Entry(LedgerEntryKind.Decision);
        var path = Assert.Single((await JsonAsync("cause", $"{decision.Index}")).EnumerateArray());
        Assert.Equal(["intent", "design", "patch", "build", "qa", "decision"], Kinds(path));
        var patch = Read(log => log.Read(path.GetProperty("nodes")[2].GetProperty("index").GetInt64()).Entry);
        Assert.Contains(patch.Links, l => l.Role == "model");
        Assert.Contains(patch.Links, l => l.Role == "prompt");
    }

    [Fact]
    public async Task Incident_leads_back_to_its_intent_and_the_intent_to_its_rollback()
    {
        var decision = Entry(LedgerEntryKind.Decision);
        var deployed = await JsonAsync("record", "deployment", "--decision", $"{decision.Entry.Subject}", "--by", "ci:deploy", "--time", "2026-05-01T10:00:00Z");
        var disturbed = await JsonAsync("record", "incident", "--deployment", Subject(deployed), "--by", "ci:watch", "--time", "2026-05-01T11:00:00Z");
        var back = await JsonAsync(
            "record", "rollback", "--deployment", Subject(deployed), "--incident", Subject(disturbed), "--by", "ci:deploy", "--time", "2026-05-01T11:30:00Z");

        var cause = Assert.Single((await JsonAsync("cause", Subject(disturbed))).EnumerateArray());
        Assert.Equal(["intent", "design", "patch", "build", "qa", "decision", "deployment", "incident"], Kinds(cause));
        var intent = cause.GetProperty("nodes")[0].GetProperty("index").GetInt64();
        Assert.Contains(Index(back), Indexes(await JsonAsync("impact", $"{intent}")));
        Assert.DoesNotContain(Index(back), Indexes(await JsonAsync("impact", $"{intent}", "--as-of", $"{Index(back)}")));
        Assert.Equal(
            ["patch", "build", "qa", "decision", "deployment", "rollback"],
            Kinds(Assert.Single((await JsonAsync("lineage", $"{Index(back)}", "--to", $"{intent + 2}")).EnumerateArray())));

        var figures = await JsonAsync("dora", "--from", "2026-05-01T00:00:00Z", "--to", "2026-05-02T00:00:00Z");
        Assert.Equal(1, figures.GetProperty("deploymentsPerDay").GetDouble());
        Assert.Equal(1, figures.GetProperty("changeFailureRate").GetDouble());
        Assert.Equal("PT30M", figures.GetProperty("timeToRestore").GetString());
    }

    [Fact]
    public async Task Record_is_signed_by_its_reporter()
    {
        using var key = LocalSigningKey.Load(_demo.Key("signing"));
        var deployed = await JsonAsync("record", "deployment", "--decision", $"{Entry(LedgerEntryKind.Decision).Index}", "--by", "ci:deploy", "--key", _demo.Key("signing"));
        var entry = Read(log => log.Read(Index(deployed)).Entry);
        Assert.True(OperationEvent.IsSignedBy(entry, key.PublicKey));
        Assert.False(OperationEvent.IsSignedBy(entry with { Time = entry.Time.AddHours(1) }, key.PublicKey));
        Assert.False(OperationEvent.IsSignedBy(entry, EcdsaSigningKey.Create().PublicKey));
    }

    [Theory]
    [InlineData("record", "deployment", "--decision", "0", "--by", "x")]
    [InlineData("record", "incident", "--by", "x")]
    [InlineData("lineage", "9999")]
    [InlineData("lineage", "no")]
    [InlineData("impact", "0", "--depth", "0")]
    [InlineData("impact", "0", "--as-of", "9999")]
    [InlineData("cause", "3", "--as-of", "2")]
    [InlineData("hold", "lay", "--scope", "everything", "--authority", "x", "--reason", "x")]
    [InlineData("hold", "lift", "--hold", "0", "--authority", "x", "--reason", "x")]
    [InlineData("prune", "--dry-run", "--years", "0", "--authority", "x")]
    public async Task Question_that_makes_no_sense_is_one_line_and_exit_code_1(params string[] args)
    {
        var result = await _demo.RunAsync(["ledger", .. args, "--ledger", _ledger]);
        Assert.Equal(1, result.ExitCode);
        Assert.NotEqual("", result.Error);
    }

    [Fact]
    public async Task Holds_prune_and_erase_answer_on_the_command_line()
    {
        var held = await JsonAsync("hold", "lay", "--scope", "log", "--authority", "court", "--reason", "case 7");
        Assert.Equal("log", Assert.Single((await JsonAsync("hold", "list")).EnumerateArray()).GetProperty("scope").GetString());
        var plan = await JsonAsync("prune", "--dry-run", "--authority", "records");
        Assert.Equal(0, plan.GetProperty("count").GetInt64());
        Assert.Equal(Index(held), plan.GetProperty("hold").GetProperty("index").GetInt64());
        Assert.Equal(0, (await _demo.RunAsync("ledger", "hold", "lift", "--hold", $"{Index(held)}", "--authority", "court", "--reason", "closed", "--ledger", _ledger)).ExitCode);
        Assert.Empty((await JsonAsync("hold", "list")).EnumerateArray());
        var erased = await _demo.RunAsync("ledger", "erase", "--subject", "person:nobody", "--authority", "privacy", "--reason", "asked", "--ledger", _ledger, "--json");
        Assert.Equal(2, erased.ExitCode);
        Assert.Equal("notFound", JsonDocument.Parse(erased.Output).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Export_and_import_give_the_ledger_again()
    {
        var (zip, copy) = (_folder.Combine("export.zip"), _folder.Combine("copy.db"));
        var exported = await _demo.RunAsync("ledger", "export", "--ledger", _ledger, "--out", zip, "--log-key", _demo.Key("log"));
        Assert.Equal((0, ""), (exported.ExitCode, exported.Error));
        var imported = await _demo.RunAsync("ledger", "import", "--from", zip, "--ledger", copy, "--trust", _demo.Trust, "--log-key", _demo.Key("log"));
        Assert.Equal((0, ""), (imported.ExitCode, imported.Error));
        Assert.Equal(0, (await _demo.RunAsync("ledger", "fsck", "--ledger", copy, "--trust", _demo.Trust)).ExitCode);
        Assert.Equal(1, (await _demo.RunAsync("ledger", "import", "--from", _demo.Trust, "--ledger", copy + "2", "--trust", _demo.Trust)).ExitCode);
        Assert.False(File.Exists(copy + "2"));
    }

    private async Task<JsonElement> JsonAsync(params string[] args)
    {
        var result = await _demo.RunAsync(["ledger", .. args, "--ledger", _ledger, "--json"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private T Read<T>(Func<TransparencyLog, T> read)
    {
        using var log = TransparencyLog.Open(new LogOptions { Path = _ledger, TimeProvider = new SteppingTimeProvider() });
        return read(log);
    }

    private LogEntry Entry(LedgerEntryKind kind) => Read(log => log.FindByKind(kind)[0]);

    private static string[] Kinds(JsonElement path) => [.. path.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("kind").GetString()!)];

    private static long[] Indexes(JsonElement view) => [.. view.GetProperty("nodes").EnumerateArray().Select(Index)];

    private static long Index(JsonElement value) => value.GetProperty("index").GetInt64();

    private static string Subject(JsonElement value) => value.GetProperty("subject").GetString()!;
}
