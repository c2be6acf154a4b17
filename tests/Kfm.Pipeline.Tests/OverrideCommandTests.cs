using System.Text;
using System.Text.Json.Nodes;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

/// <summary>A proposal that fails its lint is denied, overridden for a day, and denied again.</summary>
public sealed class OverrideCommandTests : IDisposable
{
    private const string Why = "The rule is wrong for generated files; ticket 4711 mends it.";
    private static readonly DateTimeOffset Start = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private readonly KfmHost _host = new();
    private readonly EcdsaSigningKey _lead = EcdsaSigningKey.Create();

    private string Bundle => _host.PathOf("out");

    private string Ledger => _host.PathOf("log.db");

    private string Trust => _host.PathOf("trust.json");

    [Fact]
    public async Task Denial_is_lifted_until_the_override_ends_and_stays_in_the_ledger()
    {
        await DenyAsync();
        var result = await OverrideAsync("contract", "lint", Day(1));
        Assert.True(result.ExitCode == 0, result.Output + result.Error);

        var now = await VerifyAsync(Start.AddHours(2));
        Assert.Equal(("verified", "deny", "allow", 0), (now.Result, now.Json!["verdict"]!.ToString(), now.Effective, now.ExitCode));
        Assert.Equal("person:lead", now.Json["overrides"]!["counted"]![0]!["person"]!.ToString());

        var later = await VerifyAsync(Start.AddDays(2));
        Assert.Equal(("verified", "deny", 2), (later.Result, later.Effective, later.ExitCode));
        Assert.Contains("it ended at", later.Json!["overrides"]!["refused"]![0]!["reason"]!.ToString(), StringComparison.Ordinal);

        var before = await VerifyAsync(Start.AddDays(-2));
        Assert.Equal(("verified", "deny", 2), (before.Result, before.Effective, before.ExitCode));
        Logged();
    }

    [Theory]
    [InlineData("contract", "*", "names no reason")]
    [InlineData("contract", "tests", "names no reason")]
    [InlineData("security", "lint", "no reason of a gate")]
    public async Task Scope_without_bounds_or_of_another_gate_writes_nothing(string gate, string scope, string reason)
    {
        await DenyAsync();
        var result = await OverrideAsync(gate, scope, Day(1));

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(reason, result.Output + result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Bundle, "overrides")));
    }

    [Fact]
    public async Task Override_without_end_or_by_a_stranger_or_without_a_ledger_writes_nothing()
    {
        await DenyAsync();
        Assert.Contains("longer than 30 days", (await OverrideAsync("contract", "lint", Day(400))).Output, StringComparison.Ordinal);
        Assert.Contains("ends before it begins", (await OverrideAsync("contract", "lint", Day(-1))).Output, StringComparison.Ordinal);
        Assert.Contains("three words", (await OverrideAsync("contract", "lint", Day(1), "Because.")).Output, StringComparison.Ordinal);
        File.Move(Ledger, Ledger + ".away");
        Assert.Contains("must stand in the ledger", (await OverrideAsync("contract", "lint", Day(1))).Output, StringComparison.Ordinal);
        using var stranger = EcdsaSigningKey.Create();
        stranger.Save(_host.PathOf("lead.pem.other"));
        File.Copy(_host.PathOf("lead.pem.other"), _host.PathOf("lead.pem"), overwrite: true);
        Assert.Contains("not one of the people file's", (await OverrideAsync("contract", "lint", Day(1))).Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Bundle, "overrides")));
    }

    [Fact]
    public async Task Changed_or_renamed_override_is_refused()
    {
        await DenyAsync();
        await OverrideAsync("contract", "lint", Day(1));
        var file = Directory.GetFiles(Path.Combine(Bundle, "overrides")).Single();
        var bytes = File.ReadAllBytes(file);
        bytes[40] ^= 1;
        File.WriteAllBytes(file, bytes);
        var result = await VerifyAsync(Start.AddHours(2));

        Assert.Equal(("refused", "unknown", 2), (result.Result, result.Effective, result.ExitCode));
        Assert.Contains("override", result.Rules);
        Assert.Contains("override.name", result.Rules);
    }

    public void Dispose()
    {
        _lead.Dispose();
        _host.Dispose();
    }

    private static string Day(int days) => Start.AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private async Task DenyAsync()
    {
        using var repository = new SmallRepository(s => s["lint"] = SmallRepository.Step("echo wrong; exit 1"));
        var run = await _host.RunAsync(
            new SteppingTimeProvider(Start), "run", "--repo", repository.Path, "--patch", _host.Write("p.diff", SmallRepository.Patch), "--intent", "Document it", "--out", Bundle, "--ledger", Ledger);
        Assert.True(run.ExitCode == 2, run.Output + run.Error);
        _lead.Save(_host.PathOf("lead.pem"));
        using var signing = LocalSigningKey.Load(Path.Combine(_host.State, "keys", "signing.pem"));
        using var logKey = LocalSigningKey.Load(Path.Combine(_host.State, "keys", "log.pem"));
        var origin = LedgerAccess.Origin(Tampering.Forger.Graph(Bundle).Trace.Repository);
        File.WriteAllBytes(Trust, TrustFile.Write([signing.PublicKey], [new NoteVerifier(origin, logKey.PublicKey)], People(), null));
    }

    private byte[] People() => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["formatVersion"] = 1,
        ["people"] = new JsonArray(new JsonObject
        {
            ["id"] = "person:lead",
            ["roles"] = new JsonArray("lead"),
            ["keys"] = new JsonArray(_lead.PublicKey.ToPem()),
        }),
    }.ToJsonString());

    private Task<CommandResult> OverrideAsync(string gate, string scope, string until, string reason = Why) => _host.RunAsync(
        new SteppingTimeProvider(Start.AddHours(1)), "override", Bundle, "--gate", gate, "--scope", scope, "--until", until, "--reason", reason, "--key", _host.PathOf("lead.pem"), "--trust", Trust, "--ledger", Ledger);

    private async Task<VerifyResult> VerifyAsync(DateTimeOffset at) =>
        VerifyResult.Of(await _host.RunAsync(new SteppingTimeProvider(at), "verify", Bundle, "--trust", Trust, "--json"));

    private void Logged()
    {
        var file = Directory.GetFiles(Path.Combine(Bundle, "overrides")).Single();
        using var log = TransparencyLog.Open(new LogOptions { Path = Ledger, TimeProvider = TimeProvider.System });
        var entry = Assert.Single(log.FindByKind(LedgerEntryKind.Override)).Entry;
        Assert.Equal(Digest.OfFile(file), entry.Subject);
        Assert.Equal(new LedgerLink("decision", Digest.OfFile(Path.Combine(Bundle, "decision.json"))), Assert.Single(entry.Links));
        Assert.Equal(_lead.KeyId, entry.Attributes["keyId"]);
        Assert.DoesNotContain(entry.Attributes.Values, v => v.Contains("person:", StringComparison.Ordinal));
    }
}
