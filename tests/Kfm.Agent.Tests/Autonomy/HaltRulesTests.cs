using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Tests.Autonomy;

/// <summary>Ways to let agents work again that are none. Each is tried beside what the other person soundly signed, and none ends the halt.</summary>
public sealed class HaltRulesTests : IDisposable
{
    private const string Repository = "https://example.org/repository";
    private static readonly DateTimeOffset Start = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private static readonly Digest Before = Digest.Of("before"u8);
    private static readonly Digest After = Digest.Of("after"u8);
    private readonly Dictionary<string, EcdsaSigningKey> _keys = new(StringComparer.Ordinal);
    private readonly List<LogEntry> _log = [];

    private delegate void Attack(HaltRulesTests at);

    private static readonly Dictionary<string, (Attack Attack, string Why)> Abuses = new(StringComparer.Ordinal)
    {
        // Everything; security has signed, and council is what is tried.
        ["in a role that ends nothing"] = (t => t.Resume("lead", role: "lead"), "the role lead ends nothing here"),
        ["in a role that is not the person's"] = (t => t.Resume("lead", role: "council"), "does not have the role council"),
        ["the same person in both roles"] = (t => t.Only("both", "security").Resume("both", role: "council"), "another person for council or security"),
        ["the same person twice in one role"] = (t => t.Resume("security", role: "security"), "council"),
        ["the same key in the other role"] = (t => t.Resume("security", role: "council"), "does not have the role"),
        ["by a key that nobody knows"] = (t => t.Resume("stranger", role: "council"), "nobody of the people file"),
        ["by a person who was removed"] = (t => t.Resume("removed", role: "council"), "nobody of the people file"),
        ["by a key of the pipeline"] = (t => t.Resume("pipeline", role: "council"), "belongs to"),
        ["unsigned"] = (t => t.Add(t.Edit(t.Entry("council"), e => e["signatures"]!.AsArray().Clear())), "signature"),
        ["with the signature of something else"] = (t => t.Add(t.Edit(t.Entry("council"), e => e["signatures"]![0]!["sig"] = Sig(t.Entry("council")))), "no key"),
        ["with two signatures"] = (t => t.Add(t.Edit(t.Entry("council"), e => e["signatures"]!.AsArray().Add(e["signatures"]![0]!.DeepClone()))), "more than one signature"),
        ["with the hint of another key"] = (t => t.Add(t.Edit(t.Entry("council"), e => e["signatures"]![0]!["keyid"] = t.Key("security").KeyId)), "no key"),
        ["of another repository"] = (t => t.Resume("council", change: s => s with { Repository = "https://example.org/other" }), "another repository"),
        ["of another halt"] = (t => t.Resume("council", change: s => s with { Halt = Digest.Of("x"u8) }), "does not have before it"),
        ["of the halt of a component"] = (t => t.Resume("council", change: s => s with { Halt = t.Halt("lead", "docs") }), "another scope"),
        ["with the scope of a component"] = (t => t.Resume("council", change: s => s with { Service = "docs" }), "another scope"),
        ["replayed after a second halt"] = (t => { t.Resume("council"); t.Halt("lead"); t.Add(t._log[^2].Entry); }, "council"),
        ["of the first halt after a second"] = (t => { var first = t._log[0].Entry.Subject; t.Halt("lead"); t.Resume("council", change: s => s with { Halt = first }); }, "council"),
        ["before the halt in the ledger"] = (t => { var early = t.Entry("council"); t._log.Insert(0, new LogEntry(-1, early.ToBytes(), early)); }, "does not have before it"),
        ["signed before the halt"] = (t => t.Resume("council", change: s => s with { Time = Start.AddDays(-1) }), "signed before the halt"),
        ["with a clock set back"] = (t => { t.Now = Start.AddSeconds(30); t.Resume("council"); }, "the time is before that"),
        ["with a secret in its reason"] = (t => t.Resume("council", change: s => s with { Reason = "ghp_0123456789ABCDEFGHIJabcdefghij012345" }), "holds a secret"),
        ["with another role in its attributes"] = (t => t.Tampered("role", "security"), "attributes"),
        ["with another scope in its attributes"] = (t => t.Tampered("scope", "service"), "attributes"),
        ["with an attribute more"] = (t => t.Tampered("more", "x"), "attributes"),
        ["with an envelope of another entry"] = (t => t.Tampered("envelope", t._log[0].Entry.Attributes["envelope"]), "another envelope"),
        ["without an envelope"] = (t => t.Tampered("envelope", null), "no envelope"),
        ["with an envelope that is no Base64"] = (t => t.Tampered("envelope", "*"), "another envelope"),
        ["that is a halt"] = (t => t.Add(HaltEntry.Of(t.Statement("lead", null), t.Sign(t.Statement("lead", null).ToUtf8(), "lead")) with { Kind = LedgerEntryKind.Resume }), "halt: "),
        ["that is no envelope"] = (t => t.Add(t.Entry("council") with { Subject = Digest.Of("{}"u8), Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["envelope"] = "e30=" } }), ""),
    };

    private static readonly Dictionary<string, (Attack Attack, string Why)> ServiceAbuses = new(StringComparer.Ordinal)
    {
        ["under the policies of the halt"] = (t => { t.Policies = Before; t.Resume("lead", "docs", "lead", s => s with { PolicySet = Before }); }, "the policies are still those of the halt"),
        ["under a claim of changed policies"] = (t => { t.Policies = Before; t.Resume("lead", "docs", "lead"); }, "changed policies"),
        ["under policies that changed later"] = (t => t.Resume("lead", "docs", "lead", s => s with { PolicySet = Before }), "the policies are still those of the halt"),
        ["under the policies of an earlier halt"] = (t => { t.HaltUnder(After, "docs"); t.Policies = Before; t.Resume("lead", "docs", "lead", s => s with { PolicySet = Before }); }, "changed policies"),
        ["by council and security"] = (t => { t.Resume("council", "docs", "council"); t.Resume("security", "docs", "security"); }, "the role council ends nothing"),
        ["by the lead of another component's halt"] = (t => t.Resume("lead", "docs", "lead", s => s with { Halt = t.Halt("lead", "data") }), "another scope"),
        ["by a manager"] = (t => t.Resume("manager", "docs", "manager"), "the role manager ends nothing"),
    };

    private DateTimeOffset Now { get; set; } = Start.AddHours(1);

    private Digest Policies { get; set; } = After;

    public static TheoryData<string> AbuseNames => [.. Abuses.Keys];

    public static TheoryData<string> ServiceAbuseNames => [.. ServiceAbuses.Keys];

    [Theory]
    [MemberData(nameof(AbuseNames))]
    public void Halt_of_everything_is_not_ended(string name)
    {
        Halt("lead");
        Resume("security", role: "security");
        Abuses[name].Attack(this);
        var state = Count();
        Assert.Contains(state.Standing, h => h.Service is null);
        Assert.Contains(Abuses[name].Why, Said(state), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ServiceAbuseNames))]
    public void Halt_of_a_component_is_not_ended(string name)
    {
        Halt("lead", "docs");
        ServiceAbuses[name].Attack(this);
        var state = Count();
        Assert.Contains(state.Standing, h => h.Service == "docs");
        Assert.Contains(ServiceAbuses[name].Why, Said(state), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_persons_end_a_halt_and_earlier_ones_of_its_scope()
    {
        Halt("lead");
        var docs = Halt("nobody", "docs");
        Halt("manager");
        Resume("both", role: "security");
        Resume("both", role: "council");
        Resume("security", role: "security");
        Assert.Equal("service:docs", Assert.Single(Count().Standing).Label);
        Resume("lead", "docs", "lead", s => s with { Halt = docs });
        Assert.False(Count().IsHalted);
    }

    [Theory]
    [InlineData("stranger", null, null, "docs")]
    [InlineData("lead", "scope", "x", null)]
    [InlineData("lead", "service", "data", null)]
    [InlineData("lead", "envelope", "e30=", null)]
    [InlineData("lead", "envelope", null, null)]
    public void Halt_that_nobody_can_vouch_for_holds_and_one_that_says_two_things_halts_everything(string who, string? attribute, string? value, string? service)
    {
        Halt(who, "docs");
        if (attribute is not null)
        {
            _log[0] = _log[0] with { Entry = Changed(_log[0].Entry, attribute, value) };
        }

        var halt = Assert.Single(Count().Standing);
        Assert.Equal(service, halt.Service);
        Assert.NotNull(halt.Doubt);
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private static string Said(HaltState state) => string.Join("; ", state.Refused.Select(r => r.Reason).Concat(state.Standing.SelectMany(h => h.Missing)));

    private static JsonNode Envelope(LedgerEntry entry) => JsonNode.Parse(Convert.FromBase64String(entry.Attributes["envelope"]))!;

    private static string Sig(LedgerEntry entry) => Envelope(entry)["signatures"]![0]!["sig"]!.ToString()[..^4] + "AAAA";

    private static LedgerEntry Changed(LedgerEntry entry, string attribute, string? value)
    {
        var attributes = entry.Attributes.ToDictionary(StringComparer.Ordinal);
        attributes.Remove(attribute);
        if (value is not null)
        {
            attributes[attribute] = value;
        }

        return entry with { Attributes = attributes };
    }

    private HaltState Count() => HaltRules.Count(new HaltContext(Repository, People(), Policies, Now) { ExcludedKeys = new HashSet<string>(StringComparer.Ordinal) { Key("pipeline").KeyId } }, _log);

    private EcdsaSigningKey Key(string name)
    {
        if (!_keys.TryGetValue(name, out var key))
        {
            _keys.Add(name, key = EcdsaSigningKey.Create());
        }

        return key;
    }

    private PeopleFile People() => PeopleFile.Parse(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["formatVersion"] = 1,
        ["people"] = new JsonArray([.. new[] { ("lead", "lead"), ("manager", "manager"), ("council", "council"), ("security", "security"), ("both", "council,security"), ("pipeline", "council") }.Select(p => (JsonNode)new JsonObject
        {
            ["id"] = "person:" + p.Item1,
            ["roles"] = new JsonArray([.. p.Item2.Split(',').Select(r => (JsonNode?)r)]),
            ["keys"] = new JsonArray(Key(p.Item1).PublicKey.ToPem()),
        })]),
    }.ToJsonString()));

    private void Add(LedgerEntry entry) => _log.Add(new LogEntry(_log.Count, entry.ToBytes(), entry));

    private byte[] Sign(byte[] payload, string key) => DsseEnvelope.Sign(HaltStatement.PayloadType, payload, Key(key)).ToJson();

    private HaltStatement Statement(string role, string? service) =>
        new() { Repository = Repository, Service = service, Role = role, Reason = "Security incident", Time = Start.AddSeconds(_log.Count), PolicySet = Before };

    private Digest Halt(string who, string? service = null)
    {
        var statement = Statement(who is "manager" ? who : "lead", service);
        Add(HaltEntry.Of(statement, Sign(statement.ToUtf8(), who)));
        return _log[^1].Entry.Subject;
    }

    private void HaltUnder(Digest policies, string service)
    {
        var statement = Statement("lead", service) with { PolicySet = policies };
        Add(HaltEntry.Of(statement, Sign(statement.ToUtf8(), "lead")));
    }

    private LedgerEntry Entry(string who, string? service = null, string role = "council", Func<ResumeStatement, ResumeStatement>? change = null)
    {
        var statement = new ResumeStatement
        {
            Halt = _log.Last(e => e.Entry.Kind == LedgerEntryKind.Halt).Entry.Subject,
            Repository = Repository,
            Service = service,
            Role = role,
            Reason = "Directive 7",
            Time = Start.AddMinutes(1),
            PolicySet = After,
        };
        statement = change?.Invoke(statement) ?? statement;
        return HaltEntry.Of(statement, Sign(statement.ToUtf8(), who));
    }

    private void Resume(string who, string? service = null, string role = "council", Func<ResumeStatement, ResumeStatement>? change = null) => Add(Entry(who, service, role, change));

    /// <summary>Takes the sound signature away and has one person sign instead.</summary>
    private HaltRulesTests Only(string who, string role)
    {
        _log.RemoveAll(e => e.Entry.Kind == LedgerEntryKind.Resume);
        Resume(who, role: role);
        return this;
    }

    private LedgerEntry Edit(LedgerEntry entry, Action<JsonNode> edit)
    {
        var envelope = Envelope(entry);
        edit(envelope);
        var bytes = Encoding.UTF8.GetBytes(envelope.ToJsonString());
        bytes = envelope["signatures"]!.AsArray().Count == 0 ? bytes : DsseEnvelope.Parse(bytes).ToJson();
        return Changed(entry with { Subject = Digest.Of(bytes) }, "envelope", Convert.ToBase64String(bytes));
    }

    private void Tampered(string attribute, string? value) => Add(Changed(Entry("council"), attribute, value));
}
